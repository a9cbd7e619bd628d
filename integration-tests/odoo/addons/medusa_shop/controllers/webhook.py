import json

from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, http
from odoo.exceptions import ConcurrencyError
from odoo.http import request

from ..signature import is_authentic


def receive():
    """Takes the webhook that is being served, once, and gives what it is to be answered."""
    env = request.env(user=SUPERUSER_ID)
    headers = request.httprequest.headers
    # the bytes that were signed: JSON that was read and written again has others
    body = request.httprequest.get_data()
    secret = env["ir.config_parameter"].get_param("medusa_shop.webhook_secret")
    if not secret or not is_authentic(secret, headers, body):
        return {"success": False, "error": "The signature is wrong, or too old"}
    try:
        answer = env["medusa.webhook"]._take(headers["webhook-id"], json.loads(body))
        env.flush_all()
        return answer
    except UniqueViolation as error:
        # two webhooks have made the same at the same time: Odoo starts anew, and finds what the other one has made
        raise ConcurrencyError("made by another webhook meanwhile") from error


class Webhook(http.Controller):
    # what 19 calls "jsonrpc" is "json" in 18 and before
    @http.route("/medusa/webhook", type="jsonrpc", auth="public", methods=["POST"], save_session=False)
    def take(self, **_params):
        return receive()

    @http.route("/medusa/webhook/http", type="http", auth="public", methods=["POST"], csrf=False, save_session=False)
    def take_http(self, **_params):
        answer = receive()
        return request.make_json_response(answer, status=200 if answer["success"] else 403)
