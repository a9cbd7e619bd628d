from datetime import timedelta

from odoo import api, fields, models


class MedusaWebhook(models.Model):
    """A webhook that was taken. The shop sends one again, with the same id, until it has read the answer."""

    _name = "medusa.webhook"
    _description = "Webhook of the Medusa shop"

    webhook_id = fields.Char(required=True)
    event = fields.Char(required=True)
    answer = fields.Json()

    _webhook_id_unique = models.Constraint("UNIQUE (webhook_id)", "This webhook was taken already.")

    def _take(self, webhook_id, message):
        """Does what the message asks for, and gives the answer; the one of before when the id is known."""
        known = self.search([("webhook_id", "=", webhook_id)])
        if known:
            return known.answer
        webhook = self.create({"webhook_id": webhook_id, "event": message["event"]})
        webhook.answer = {"success": True, **webhook._handle(message["data"])}
        return webhook.answer

    def _handle(self, data):
        if self.event == "order.created":
            return self.env["sale.order"]._medusa_created(data["order"])
        if self.event == "order.status_updated":
            return self.env["sale.order"]._medusa_status_updated(data)
        if self.event == "customer.created":
            return self.env["res.partner"]._medusa_customer_created(data["customer"])
        if self.event == "customer.updated":
            return self.env["res.partner"]._medusa_customer_updated(data["customer"])
        # what a newer version of the shop may tell: refused, it would hold up what comes after it
        return {"ignored": True}

    @api.autovacuum
    def _gc(self):
        self.search([("create_date", "<", fields.Datetime.now() - timedelta(days=90))]).unlink()
