from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Orders and customers arrive side by side. This is what keeps two of them from making one person twice.
    medusa_email = fields.Char("E-mail in the shop", copy=False, readonly=True)

    _medusa_email_unique = models.Constraint("UNIQUE (medusa_email)", "Another partner has this e-mail in the shop.")

    def _medusa_customer(self, customer):
        """Makes the customer a partner, or brings the partner up to date."""
        addresses = sorted(customer["addresses"], key=lambda address: not address["is_default_shipping"])
        address = addresses[0] if addresses else {}
        partner = self.browse(customer["odoo"]["odoo_customer_id"] or []).exists() or self._medusa_find(customer["email"])
        values = {**self._medusa_values(customer, address), **self._medusa_key(partner, customer["email"])}
        if partner:
            partner.write({name: value for name, value in values.items() if value})
        else:
            partner = self.create(values)
        return {"odoo_customer_id": partner.id}

    def _medusa_buyer(self, customer, address):
        """The partner of an order's customer, made where there is none. One that is there stays as it is."""
        email = customer["email"]
        partner = self._medusa_find(email)
        if partner:
            partner.write(self._medusa_key(partner, email))
            return partner
        return self.create({**self._medusa_values(customer, address), **self._medusa_key(partner, email)})

    def _medusa_find(self, email):
        # the shop writes addresses in lower case; nobody is found by having none
        if not email:
            return self.browse()
        domain = ["|", ("medusa_email", "=", email), ("email_normalized", "=", email)]
        return self.with_context(active_test=False).search(domain, order="medusa_email, id", limit=1)

    def _medusa_key(self, partner, email):
        taken = self.with_context(active_test=False).search_count([("medusa_email", "=", email)])
        return {} if taken or not email else {"medusa_email": email}

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
