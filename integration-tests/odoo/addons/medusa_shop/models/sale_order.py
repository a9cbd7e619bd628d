from odoo import Command, fields, models
from odoo.exceptions import UserError

# ISO 4217; 2 for all others. Odoo's own decimal_places is another for TWD and UYI, and follows a rounding that is changed.
DECIMALS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    medusa_order_id = fields.Char("Order in the shop", copy=False, readonly=True)

    _medusa_order_id_unique = models.Constraint("UNIQUE (medusa_order_id)", "This order is a sale order already.")

    def _medusa_created(self, order):
        """Makes the order a confirmed sale order, once."""
        sale = self.search([("medusa_order_id", "=", order["id"])]) or self._medusa_create(order)
        return sale._medusa_answer()

    def _medusa_status_updated(self, change):
        sale = self.search([("medusa_order_id", "=", change["order_id"])])
        if not sale:
            raise UserError(f"There is no sale order for {change['order_id']}")
        sale.message_post(
            body=f"In the shop: {change['old_status']} → {change['new_status']},"
            f" fulfillment {change['fulfillment_status']}, payment {change['payment_status']}"
        )
        return sale._medusa_answer()

    def _medusa_answer(self):
        return {"odoo_order_id": self.id, "odoo_order_name": self.name}

    def _medusa_create(self, order):
        pricelist = self._medusa_pricelist(order["currency_code"].upper())
        buyer = self.env["res.partner"]._medusa_partner(order["customer"], order["shipping_address"])
        sale = self.create(
            {
                "medusa_order_id": order["id"],
                "client_order_ref": f"#{order['display_id']}",
                "partner_id": buyer.id,
                "partner_shipping_id": buyer._medusa_address(order["shipping_address"], "delivery").id,
                "partner_invoice_id": buyer._medusa_address(order["billing_address"], "invoice").id,
                "pricelist_id": pricelist.id,
                "order_line": [Command.create(line) for line in self._medusa_lines(order, pricelist.currency_id)],
            }
        )
        total = self._medusa_major(order["total"], pricelist.currency_id)
        if pricelist.currency_id.compare_amounts(sale.amount_total, total) != 0:
            raise UserError(f"The order's total is {total}, the sale order's {sale.amount_total}: is a tax missing?")
        sale.action_confirm()
        return sale

    def _medusa_pricelist(self, code):
        """A sale order has the currency of its pricelist."""
        pricelist = self.env["product.pricelist"].search([("currency_id.name", "=", code)], limit=1)
        if not pricelist:
            raise UserError(f"There is no pricelist in {code}")
        return pricelist

    def _medusa_major(self, amount, currency):
        """Amounts come as integers of the minor unit: 5250 is 5.250 KWD."""
        return amount / 10 ** DECIMALS.get(currency.name, 2)

    def _medusa_lines(self, order, currency):
        for item in order["items"]:
            product = self.env["product.product"].search([("default_code", "=", item["sku"])], limit=1)
            if not product or not item["sku"]:
                raise UserError(f"There is no product with the SKU {item['sku']!r}")
            yield self._medusa_line(product, item["quantity"], self._medusa_major(item["unit_price"], currency))
        for method in order["shipping_methods"]:
            shipping = self.env.ref("medusa_shop.shipping")
            yield self._medusa_line(shipping, 1, self._medusa_major(method["amount"], currency), method["name"])
        if order["discount_total"]:
            discount = self.env.ref("medusa_shop.discount")
            yield self._medusa_line(discount, 1, -self._medusa_major(order["discount_total"], currency))

    def _medusa_line(self, product, quantity, price, name=None):
        line = {"product_id": product.id, "product_uom_qty": quantity, "price_unit": price}
        # the prices are the shop's, and so are the taxes: a default of Odoo's would come on top
        return {**line, "tax_ids": [Command.clear()], **({"name": name} if name else {})}
