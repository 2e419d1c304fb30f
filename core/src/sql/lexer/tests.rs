//! One table of texts and their tokens for each dialect's rules, then what holds for every text.

use proptest::prelude::*;

use super::*;
use crate::sql::test_rules::ALL;
use crate::sql::test_rules::MYSQL;
use crate::sql::test_rules::POSTGRES;
use crate::sql::test_rules::SQLITE;

const STANDARD: LexicalRules = LexicalRules::STANDARD;

/// The tokens that say something, each as a letter for its kind and its text.
fn tokens(text: &str, rules: &LexicalRules) -> String {
    let significant = Lexer::new(text, rules).filter(|token| token.kind != TokenKind::Whitespace);
    let shown = significant.map(|token| format!("{}<{}>", letter(token.kind), token.span.slice(text)));
    shown.collect::<Vec<_>>().join(" ")
}

fn letter(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Whitespace => "_",
        TokenKind::Comment => "c",
        TokenKind::ExecutableComment => "x",
        TokenKind::Word => "w",
        TokenKind::QuotedName => "q",
        TokenKind::String => "s",
        TokenKind::Number => "n",
        TokenKind::Parameter => "p",
        TokenKind::Symbol => "o",
        TokenKind::StatementEnd => "END",
        TokenKind::ClientCommand => "CLIENT",
        TokenKind::Unknown => "u",
    }
}

fn check(rules: &LexicalRules, table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(tokens(text, rules), *expected, "of {text:?}");
    }
}

#[test]
fn standard() {
    check(
        &STANDARD,
        &[
            ("", ""),
            (" \t\r\n", ""),
            ("SELECT a.b;", "w<SELECT> w<a> o<.> w<b> END<;>"),
            ("'it''s' ''", "s<'it''s'> s<''>"),
            (r"'a\' b", r"s<'a\'> w<b>"),
            ("'cut off; -- ", "s<'cut off; -- >"),
            (r#""a""b" "c"#, r#"q<"a""b"> q<"c>"#),
            ("a -- b\nc", "w<a> c<-- b> w<c>"),
            ("a--b", "w<a> c<--b>"),
            ("/* /* */ a */", "c</* /* */> w<a> o<*> o</>"),
            ("/* cut off", "c</* cut off>"),
            ("/*/ a */b", "c</*/ a */> w<b>"),
            ("/*! a */", "c</*! a */>"),
            ("n'a' B'01' X'ff' e'a'", "s<n'a'> s<B'01'> s<X'ff'> w<e> s<'a'>"),
            ("nx'a'", "w<nx> s<'a'>"),
            (
                "1 1.5 .5 1. 1e9 1E-9 1e 1.e3",
                "n<1> n<1.5> n<.5> n<1.> n<1e9> n<1E-9> n<1> w<e> n<1.e3>",
            ),
            (
                "0x1F 0b10 0o7 0xg 1_000 1_",
                "n<0x1F> n<0b10> n<0o7> n<0> w<xg> n<1_000> n<1> w<_>",
            ),
            ("1..9 t.1", "n<1> o<.> n<.9> w<t> n<.1>"),
            (
                "a<=b<>c!=d||e",
                "w<a> o<<=> w<b> o<<>> w<c> o<!=> w<d> o<||> w<e>",
            ),
            (
                "a->>'b'->c::d:=e",
                "w<a> o<->>> s<'b'> o<->> w<c> o<::> w<d> o<:=> w<e>",
            ),
            ("größe été 名前", "w<größe> w<été> w<名前>"),
            ("_a$1 b#", "w<_a$1> w<b> u<#>"),
            ("\0 \\ ` $ ? [", "u<\0> u<\\> u<`> u<$> o<?> o<[>"),
            ("$1 $a$b$", "p<$1> p<$a$b$>"),
        ],
    );
}

#[test]
fn postgres() {
    check(
        &POSTGRES,
        &[
            ("$$a;'b$$;", "s<$$a;'b$$> END<;>"),
            ("$fn$ $$ ; $$ $f$ $fn$ a", "s<$fn$ $$ ; $$ $f$ $fn$> w<a>"),
            ("$ta$tag$ x $ta$ y", "s<$ta$tag$ x $ta$> w<y>"),
            ("$名$a$名$", "s<$名$a$名$>"),
            ("$a$ cut off $A$", "s<$a$ cut off $A$>"),
            ("a$$b$$", "w<a$$b$$>"),
            ("f($$a$$)", "w<f> o<(> s<$$a$$> o<)>"),
            ("$1+$22 $1$a", "p<$1> o<+> p<$22> p<$1$a>"),
            ("$ 1", "u<$> n<1>"),
            (r"E'a\'b' e'\\' 'a\' b", r"s<E'a\'b'> s<e'\\'> s<'a\'> w<b>"),
            (r"E'a''b\", r"s<E'a''b\>"),
            ("E'\\é' x", "s<E'\\é'> w<x>"),
            (
                r#"U&'\0041' u&"\0041" U & 'a'"#,
                r#"s<U&'\0041'> q<u&"\0041"> w<U> o<&> s<'a'>"#,
            ),
            ("me'a\\' b", "w<me> s<'a\\'> w<b>"),
            ("/* a /* b */ c */ d", "c</* a /* b */ c */> w<d>"),
            ("/* a /* b */ c", "c</* a /* b */ c>"),
            ("/*! a */ b", "c</*! a */> w<b>"),
            ("a-- b\rc", "w<a> c<-- b> w<c>"),
            (
                "a @> b ?| c #>> d <-> e ~* f",
                "w<a> o<@>> w<b> o<?|> w<c> o<#>>> w<d> o<<->> w<e> o<~*> w<f>",
            ),
            (
                "a::text b[1:2]",
                "w<a> o<::> w<text> w<b> o<[> n<1> o<:> n<2> o<]>",
            ),
            (
                "a<-1 @-1 *-+1 +--c",
                "w<a> o<<> o<-> n<1> o<@-> n<1> o<*> o<-> o<+> n<1> o<+> c<--c>",
            ),
            ("a */*b*/ c", "w<a> o<*> c</*b*/> w<c>"),
            ("a@--b", "w<a> o<@> c<--b>"),
            ("a # b", "w<a> o<#> w<b>"),
        ],
    );
}

#[test]
fn mysql() {
    check(
        &MYSQL,
        &[
            (r"'a\'b' 'c''d' '\\'", r"s<'a\'b'> s<'c''d'> s<'\\'>"),
            (r#""a\"b" "c""d""#, r#"s<"a\"b"> s<"c""d">"#),
            ("`a``b` `c\\` d", "q<`a``b`> q<`c\\`> w<d>"),
            ("a # b ; '\nc", "w<a> c<# b ; '> w<c>"),
            (
                "1--1 a -- b\n--\nc --",
                "n<1> o<-> o<-> n<1> w<a> c<-- b> c<--> w<c> c<-->",
            ),
            ("a--\tb", "w<a> c<--\tb>"),
            ("/* a /* b */ c", "c</* a /* b */> w<c>"),
            ("/*!50001 a; */ b", "x</*!50001 a; */> w<b>"),
            (
                "/*! '*/' `*/` -- */\n /* x */ */ b",
                "x</*! '*/' `*/` -- */\n /* x */ */> w<b>",
            ),
            (
                "/*M!100100 a */ /*+ NO_ICP(t) */",
                "x</*M!100100 a */> x</*+ NO_ICP(t) */>",
            ),
            ("/*!*/a/*!!*/ /*! cut", "x</*!*/> w<a> x</*!!*/> x</*! cut>"),
            ("? ?1", "p<?> p<?1>"),
            ("@'a\\'b' c", "p<@'a\\'b'> w<c>"),
            (
                "@a @@global.b @`c d` @'e' @ f",
                "p<@a> p<@@global> o<.> w<b> p<@`c d`> p<@'e'> o<@> w<f>",
            ),
            ("`root`@`localhost` a@b", "q<`root`> p<@`localhost`> w<a> p<@b>"),
            (
                "1st 1e5 1e 0x1F 0x1G 12 1e+5x",
                "w<1st> n<1e5> w<1e> n<0x1F> w<0x1G> n<12> n<1e+5> w<x>",
            ),
            (
                "a->>'$.b' <=> c := d",
                "w<a> o<->>> s<'$.b'> o<<=>> w<c> o<:=> w<d>",
            ),
            ("_utf8mb4'a\\'' N'b'", "w<_utf8mb4> s<'a\\''> s<N'b'>"),
        ],
    );
}

#[test]
fn delimiters() {
    check(
        &MYSQL,
        &[
            (
                "DELIMITER //\nBEGIN; END //\nDELIMITER ;\nSELECT 1;",
                "CLIENT<DELIMITER //> w<BEGIN> o<;> w<END> END<//> CLIENT<DELIMITER ;> w<SELECT> n<1> END<;>",
            ),
            (
                "delimiter $$\nEND$$ a$b$$$$",
                "CLIENT<delimiter $$> w<END> END<$$> w<a$b> END<$$> END<$$>",
            ),
            (
                "DELIMITER $$  rest\r\n@a$$",
                "CLIENT<DELIMITER $$  rest> p<@a> END<$$>",
            ),
            (
                "DELIMITER ;;\na;b;;",
                "CLIENT<DELIMITER ;;> w<a> o<;> w<b> END<;;>",
            ),
            ("DELIMITER |\na||b", "CLIENT<DELIMITER |> w<a> END<|> END<|> w<b>"),
            (
                "DELIMITER go\ncategory go\ngone",
                "CLIENT<DELIMITER go> w<category> END<go> w<gone>",
            ),
            ("-- a\n  DELIMITER //\n", "c<-- a> CLIENT<DELIMITER //>"),
            (
                "SELECT 1; DELIMITER //",
                "w<SELECT> n<1> END<;> CLIENT<DELIMITER //>",
            ),
            ("SELECT\nDELIMITER //", "w<SELECT> w<DELIMITER> o</> o</>"),
            ("DELIMITER\n//", "w<DELIMITER> o</> o</>"),
            ("DELIMITERS //", "w<DELIMITERS> o</> o</>"),
            (
                "DELIMITER //\n'//' `//` /*//*/ //",
                "CLIENT<DELIMITER //> s<'//'> q<`//`> c</*//*/> END<//>",
            ),
        ],
    );
    check(&STANDARD, &[("DELIMITER //\n", "w<DELIMITER> o</> o</>")]);
}

#[test]
fn sqlite() {
    check(
        &SQLITE,
        &[
            ("[a;b] [c", "q<[a;b]> q<[c>"),
            ("`a``b` \"c\"", "q<`a``b`> q<\"c\">"),
            ("?1 ? :a @b $c", "p<?1> p<?> p<:a> p<@b> p<$c>"),
            ("x'ab' X'' 'a\\'", "s<x'ab'> s<X''> s<'a\\'>"),
            (
                "a==b -> c ->> d : e",
                "w<a> o<==> w<b> o<->> w<c> o<->>> w<d> o<:> w<e>",
            ),
            ("/* /* */ a--b\rc", "c</* /* */> w<a> c<--b\rc>"),
        ],
    );
}

#[test]
fn within_counts_from_the_start_of_the_text() {
    let text = "a 'b' c";
    let tokens: Vec<_> = Lexer::within(text, Span::new(2, 4), &STANDARD).collect();
    assert_eq!(
        tokens,
        [Token {
            kind: TokenKind::String,
            span: Span::new(2, 4)
        }]
    );
    for outside in [Span::new(3, 99), Span::new(9, 9), Span::new(5, 2)] {
        assert_eq!(Lexer::within(text, outside, &STANDARD).count(), 0, "{outside:?}");
    }
    assert_eq!(Lexer::within("é", Span::new(1, 2), &STANDARD).count(), 0);
}

#[test]
fn long_rows_of_one_thing_are_covered_in_linear_time() {
    for piece in [
        "+-", "/*", "*/", "'", "$", "$a", "(", "--", "e'\\", "/*!", "\u{e9}", "[", "1_", "@", ";",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        for rules in &ALL {
            let covered: usize = Lexer::new(&text, rules).map(|token| token.span.len()).sum();
            assert_eq!(covered, text.len(), "{piece:?}");
        }
    }
}

proptest! {
    #[test]
    fn tokens_cover_any_bytes_without_gaps(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        covers(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn tokens_cover_sql_like_text_without_gaps(text in crate::sql::test_rules::sql_like()) {
        covers(&text)?;
    }
}

fn covers(text: &str) -> Result<(), TestCaseError> {
    for rules in &ALL {
        let mut at = 0;
        for token in Lexer::new(text, rules) {
            prop_assert_eq!(token.span.start, at);
            prop_assert!(token.span.end > at);
            prop_assert!(text.is_char_boundary(token.span.end));
            at = token.span.end;
        }
        prop_assert_eq!(at, text.len());
    }
    Ok(())
}
