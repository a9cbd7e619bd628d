from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    x_medusa_order_id = fields.Char(index=True, copy=False)


class Partner(models.Model):
    _inherit = "res.partner"

    x_medusa_customer_id = fields.Char(index=True, copy=False)
