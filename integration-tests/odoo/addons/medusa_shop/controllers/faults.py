"""Receivers that do what real ones do on bad days. For the tests alone: a shop's addon has none of these."""

import time

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .webhook import receive

SLOWNESS = 2  # seconds


class Faults(http.Controller):
    @http.route("/medusa/faults/user-error", type="jsonrpc", auth="public", methods=["POST"], save_session=False)
    def user_error(self, **_params):
        receive()
        raise UserError("The fiscal year is closed")

    @http.route("/medusa/faults/exception", type="jsonrpc", auth="public", methods=["POST"], save_session=False)
    def exception(self, **_params):
        receive()
        return {"success": True, "share": 1 / 0}

    # with auth="none" there is no user, and what asks for the user's rights fails, also behind sudo()
    @http.route("/medusa/faults/no-user", type="jsonrpc", auth="none", methods=["POST"], save_session=False)
    def no_user(self, **_params):
        partner = request.env["res.partner"].sudo().create({"name": "A buyer"})
        sale = request.env["sale.order"].sudo().create({"partner_id": partner.id})
        return {"success": True, "odoo_order_id": sale.id}

    @http.route("/medusa/faults/http", type="http", auth="public", methods=["POST"], csrf=False, save_session=False)
    def http_exception(self, **_params):
        receive()
        return request.make_json_response({"success": True, "share": 1 / 0})

    @http.route("/medusa/faults/refusal", type="jsonrpc", auth="public", methods=["POST"], save_session=False)
    def refusal(self, **_params):
        return {"success": False, "error": "Invalid event"}

    @http.route("/medusa/faults/slow", type="jsonrpc", auth="public", methods=["POST"], save_session=False)
    def slow(self, **_params):
        answer = receive()
        time.sleep(SLOWNESS)
        return answer
