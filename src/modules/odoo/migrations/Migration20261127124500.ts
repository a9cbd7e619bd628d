import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const KINDS = "'order', 'customer'"

/**
 * A kind of record is any word, and what its type notes of a record is one column of JSON. Rows keep their ids and values.
 * The update writes each row once; what it would have to keep up to date, an index on the addresses, is dropped before.
 */
export class Migration20261127124500 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table "odoo_event" drop constraint if exists "odoo_event_record_kind_check";`)
    this.addSql(`alter table "odoo_link" drop constraint if exists "odoo_link_record_kind_check";`)
    this.addSql(`alter table "odoo_refusal" drop constraint if exists "odoo_refusal_record_kind_check";`)
    this.addSql(`alter table "odoo_record_state" drop constraint if exists "odoo_record_state_record_kind_check";`)

    this.addSql(`drop index if exists "IDX_odoo_record_state_address_ids";`)
    this.addSql(`alter table "odoo_record_state" rename to "odoo_snapshot";`)
    this.addSql(`alter index "odoo_record_state_pkey" rename to "odoo_snapshot_pkey";`)
    this.addSql(`alter index "IDX_odoo_record_state_deleted_at" rename to "IDX_odoo_snapshot_deleted_at";`)
    this.addSql(`alter index "IDX_odoo_record_state_record_kind_record_id_unique" rename to "IDX_odoo_snapshot_record_kind_record_id_unique";`)
    this.addSql(`alter table "odoo_snapshot" rename column "source_mark" to "source_version";`)
    this.addSql(`alter table "odoo_snapshot" rename column "told_by_odoo" to "echo_suppressed";`)
    this.addSql(`alter table "odoo_snapshot" rename column "told_until" to "echo_suppressed_until";`)

    this.addSql(`alter table "odoo_snapshot" add column "snapshot" jsonb null;`)
    this.addSql(`update "odoo_snapshot" set "snapshot" = case "record_kind"
      when 'customer' then jsonb_build_object('profile', "profile", 'address_ids', "address_ids")
      else jsonb_build_object('status', "status", 'fulfillment_status', "fulfillment_status", 'payment_status', "payment_status") end;`)
    this.addSql(`alter table "odoo_snapshot" alter column "snapshot" set not null;`)
    this.addSql(`alter table "odoo_snapshot" drop column "status", drop column "fulfillment_status", drop column "payment_status", drop column "profile", drop column "address_ids";`)

    // whose address it was; a model has no word for such an index
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_snapshot_customer_address_ids" ON "odoo_snapshot" USING GIN (("snapshot" -> 'address_ids')) WHERE record_kind = 'customer' AND deleted_at IS NULL;`)
  }

  override async down(): Promise<void> {
    for (const table of ["odoo_link", "odoo_refusal", "odoo_snapshot"]) {
      // what is known of other kinds has no place in the older tables
      this.addSql(`delete from "${table}" where "record_kind" not in (${KINDS});`)
    }
    this.addSql(`delete from "odoo_sweep" where "id" not in (${KINDS});`)

    this.addSql(`drop index if exists "IDX_odoo_snapshot_customer_address_ids";`)
    this.addSql(`alter table "odoo_snapshot" add column "status" text null, add column "fulfillment_status" text null, add column "payment_status" text null, add column "profile" jsonb null, add column "address_ids" text[] null;`)
    this.addSql(`update "odoo_snapshot" set
      "status" = "snapshot" ->> 'status', "fulfillment_status" = "snapshot" ->> 'fulfillment_status', "payment_status" = "snapshot" ->> 'payment_status',
      "profile" = nullif("snapshot" -> 'profile', 'null'),
      "address_ids" = case jsonb_typeof("snapshot" -> 'address_ids')
        when 'array' then array(select jsonb_array_elements_text("snapshot" -> 'address_ids')) end;`)
    this.addSql(`alter table "odoo_snapshot" drop column "snapshot";`)

    this.addSql(`alter table "odoo_snapshot" rename column "source_version" to "source_mark";`)
    this.addSql(`alter table "odoo_snapshot" rename column "echo_suppressed" to "told_by_odoo";`)
    this.addSql(`alter table "odoo_snapshot" rename column "echo_suppressed_until" to "told_until";`)
    this.addSql(`alter index "IDX_odoo_snapshot_record_kind_record_id_unique" rename to "IDX_odoo_record_state_record_kind_record_id_unique";`)
    this.addSql(`alter index "IDX_odoo_snapshot_deleted_at" rename to "IDX_odoo_record_state_deleted_at";`)
    this.addSql(`alter index "odoo_snapshot_pkey" rename to "odoo_record_state_pkey";`)
    this.addSql(`alter table "odoo_snapshot" rename to "odoo_record_state";`)
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_record_state_address_ids" ON "odoo_record_state" USING GIN ("address_ids") WHERE deleted_at IS NULL;`)

    for (const table of ["odoo_link", "odoo_refusal", "odoo_record_state"]) {
      this.addSql(`alter table "${table}" add constraint "${table}_record_kind_check" check ("record_kind" in (${KINDS}));`)
    }
  }
}
