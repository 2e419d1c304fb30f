"""Prints the Peewee models as the DDL of a database: `python print_ddl.py sqlite`.

Peewee knows the fields, SQLAlchemy knows the words of each database. What has no name here is called as Limbeck calls it.
"""

import sys

import peewee
import sqlalchemy as sa

import models

URLS = {"sqlite": "sqlite://", "postgres": "postgresql://", "mysql": "mysql://", "mariadb": "mariadb://"}

NAMING = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}

TYPES = {
    peewee.AutoField: lambda field: sa.Integer(),
    # SQLite numbers the rows of a key that is called INTEGER, and of no other.
    peewee.BigAutoField: lambda field: sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    peewee.BigIntegerField: lambda field: sa.BigInteger(),
    peewee.BlobField: lambda field: sa.LargeBinary(),
    peewee.BooleanField: lambda field: sa.Boolean(),
    peewee.CharField: lambda field: sa.String(field.max_length),
    peewee.DateField: lambda field: sa.Date(),
    peewee.DateTimeField: lambda field: sa.TIMESTAMP(),
    peewee.DecimalField: lambda field: sa.Numeric(field.max_digits, field.decimal_places),
    peewee.DoubleField: lambda field: sa.Double(),
    peewee.FixedCharField: lambda field: sa.CHAR(field.max_length),
    peewee.FloatField: lambda field: sa.REAL(),
    peewee.IntegerField: lambda field: sa.Integer(),
    peewee.SmallIntegerField: lambda field: sa.SmallInteger(),
    peewee.TextField: lambda field: sa.Text(),
    peewee.TimeField: lambda field: sa.Time(),
    peewee.UUIDField: lambda field: sa.Uuid(),
}


def type_of(field):
    """The type of a field; a foreign key has that of the field that it refers to."""
    if isinstance(field, peewee.ForeignKeyField):
        other = field.rel_field
        if isinstance(other, peewee.BigAutoField):
            return sa.BigInteger()
        if isinstance(other, peewee.AutoField):
            # The numbers that SQLite gives have 64 bits.
            return sa.Integer().with_variant(sa.BigInteger(), "sqlite")
        return type_of(other)
    for known in type(field).__mro__:
        if known in TYPES:
            return TYPES[known](field)
    raise TypeError(f"{field.model.__name__}.{field.name}: say in TYPES what a {type(field).__name__} is")


def said_of(field):
    """What stands in the constraints of a field: its default, and its checks."""
    default, checks = None, []
    for constraint in field.constraints or []:
        words, _, rest = constraint.sql.partition(" ")
        if words.upper() == "DEFAULT":
            default = sa.text(rest)
        elif words.upper() == "CHECK":
            checks.append(rest.strip()[1:-1])
        else:
            raise ValueError(f"{field.model.__name__}.{field.name}: what is {constraint.sql}?")
    return default, checks


def column_of(field):
    """A column with what stands in its definition."""
    parts = []
    if isinstance(field, peewee.ForeignKeyField):
        other = f"{field.rel_model._meta.table_name}.{field.rel_field.column_name}"
        parts.append(sa.ForeignKey(other, ondelete=field.on_delete, onupdate=field.on_update))
    numbered = isinstance(field, peewee.AutoField)
    if numbered:
        parts.append(sa.Identity(always=False))
    default, _ = said_of(field)
    keys = {key.name for key in field.model._meta.get_primary_keys()}
    return sa.Column(
        field.column_name,
        type_of(field),
        *parts,
        primary_key=field.name in keys,
        nullable=field.null,
        server_default=default,
        autoincrement=numbered,
    )


def table_of(model, metadata):
    """The table of a model, with its constraints and indexes."""
    meta = model._meta
    columns = [column_of(field) for field in meta.sorted_fields]
    numbered = isinstance(meta.primary_key, peewee.AutoField)
    table = sa.Table(meta.table_name, metadata, *columns, sqlite_autoincrement=numbered)

    def index(unique, *names):
        listed = [table.c[name] for name in names]
        if unique:
            table.append_constraint(sa.UniqueConstraint(*listed))
        else:
            sa.Index(None, *listed)

    for field in meta.sorted_fields:
        for check in said_of(field)[1]:
            table.append_constraint(sa.CheckConstraint(check, name=field.column_name))
        if (field.unique or field.index) and not field.primary_key:
            index(field.unique, field.column_name)
    for names, unique in meta.indexes:
        index(unique, *(meta.combined[name].column_name for name in names))


def main():
    metadata = sa.MetaData(naming_convention=NAMING)
    for model in models.ALL:
        table_of(model, metadata)

    def write(statement, *_):
        print(f"{str(statement.compile(dialect=engine.dialect)).strip()};")

    engine = sa.create_mock_engine(URLS[sys.argv[1]], write)
    metadata.create_all(engine, checkfirst=False)


main()
