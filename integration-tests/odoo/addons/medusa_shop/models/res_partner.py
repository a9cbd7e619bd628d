from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    medusa_customer_id = fields.Char("Customer in the shop", copy=False, readonly=True)
    # Orders and customers arrive side by side. This is what keeps two of them from making one person twice.
    medusa_email = fields.Char("E-mail in the shop", copy=False, readonly=True)

    _medusa_email_unique = models.Constraint("UNIQUE (medusa_email)", "Another partner has this e-mail in the shop.")

    def _medusa_customer_created(self, customer):
        return {"odoo_customer_id": self._medusa_partner(customer, self._medusa_default_address(customer)).id}

    def _medusa_customer_updated(self, customer):
        address = self._medusa_default_address(customer)
        partner = self._medusa_partner(customer, address)
        partner.write(self._medusa_values(customer, address))
        return {"odoo_customer_id": partner.id}

    def _medusa_partner(self, customer, address):
        """The partner of the shop's customer, made where there is none. One that is there keeps what it says."""
        partner = self._medusa_find(customer)
        keys = self._medusa_keys(partner, customer)
        if not partner:
            return self.create({**self._medusa_values(customer, address), **keys})
        # a guest has no name and no address before the first order is told
        nameless = partner.name in (False, partner.email)
        values = self._medusa_values(customer, {} if partner.street else address)
        blank = {field: value for field, value in values.items() if not partner[field] or (field == "name" and nameless)}
        partner.write({**blank, **keys})
        return partner

    def _medusa_find(self, customer):
        partners = self.with_context(active_test=False)
        known = partners.search([("medusa_customer_id", "=", customer["id"] or "none")], limit=1)
        # the shop writes addresses in lower case; nobody is found by having none
        if known or not customer["email"]:
            return known
        domain = ["|", ("medusa_email", "=", customer["email"]), ("email_normalized", "=", customer["email"])]
        return partners.search(domain, order="medusa_email, id", limit=1)

    def _medusa_keys(self, partner, customer):
        """What the partner will be found by. A person's guest orders come under another customer than the account's."""
        keys = {}
        if customer["has_account"] or not partner.medusa_customer_id:
            keys["medusa_customer_id"] = customer["id"]
        taken = self.with_context(active_test=False).search_count([("medusa_email", "=", customer["email"])])
        if customer["email"] and not taken:
            keys["medusa_email"] = customer["email"]
        return keys

    def _medusa_default_address(self, customer):
        addresses = sorted(customer["addresses"], key=lambda address: not address["is_default_shipping"])
        return addresses[0] if addresses else {}

    def _medusa_values(self, customer, address):
        name = " ".join(part for part in (customer["first_name"], customer["last_name"]) if part)
        values = {
            **self._medusa_address_values(address),
            "name": name or customer["email"] or "Guest",
            "email": customer["email"],
            "company_name": customer.get("company_name"),
        }
        return {**values, "phone": customer["phone"] or values.get("phone")}

    def _medusa_address_values(self, address):
        if not address:
            return {}
        name = " ".join(part for part in (address["first_name"], address["last_name"]) if part)
        country = self.env["res.country"].search([("code", "=", address["country_code"].upper())], limit=1)
        state = self.env["res.country.state"].search(
            [("country_id", "=", country.id), ("name", "=ilike", address["province"])], limit=1
        )
        return {
            "name": name,
            "street": address["address_1"],
            "street2": address["address_2"],
            "city": address["city"],
            "zip": address["postal_code"],
            "state_id": state.id,
            "country_id": country.id,
            "phone": address["phone"],
        }

    def _medusa_address(self, address, kind):
        """The partner where this is its own address, else a contact of its own that has it."""
        values = {name: value or False for name, value in self._medusa_address_values(address).items()}
        if not address["address_1"]:
            return self
        domain = [("id", "child_of", self.id), *((name, "=", value) for name, value in values.items())]
        return self.search(domain, limit=1) or self.create({**values, "parent_id": self.id, "type": kind})
