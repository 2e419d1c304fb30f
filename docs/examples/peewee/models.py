"""The models of the shop."""

import peewee

database = peewee.DatabaseProxy()


class Model(peewee.Model):
    class Meta:
        database = database
        legacy_table_names = False


class Account(Model):
    email = peewee.CharField(max_length=100, unique=True)
    name = peewee.TextField(null=True)
    active = peewee.BooleanField(constraints=[peewee.SQL("DEFAULT TRUE")])
    created_at = peewee.DateTimeField(constraints=[peewee.SQL("DEFAULT CURRENT_TIMESTAMP")])


class Product(Model):
    code = peewee.FixedCharField(max_length=8, primary_key=True)
    title = peewee.CharField(index=True)
    price = peewee.DecimalField(max_digits=12, decimal_places=2, constraints=[peewee.Check("price >= 0")])


class Order(Model):
    account = peewee.ForeignKeyField(Account, backref="orders", on_delete="CASCADE")
    number = peewee.IntegerField()
    placed_on = peewee.DateField()

    class Meta:
        table_name = "orders"
        indexes = ((("account", "number"), True),)


class OrderLine(Model):
    order = peewee.ForeignKeyField(Order, backref="lines", on_delete="CASCADE")
    product = peewee.ForeignKeyField(Product, column_name="product_code")
    quantity = peewee.SmallIntegerField()

    class Meta:
        primary_key = peewee.CompositeKey("order", "product")


ALL = [Account, Product, Order, OrderLine]
