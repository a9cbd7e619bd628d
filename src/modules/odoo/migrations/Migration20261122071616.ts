import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122071616 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "odoo_movement" drop constraint if exists "odoo_movement_via_check";`);

    this.addSql(`alter table if exists "odoo_movement" add column if not exists "per_piece" integer not null default 1, add column if not exists "unsettled_since" timestamptz null;`);
    this.addSql(`alter table if exists "odoo_movement" alter column "location_id" drop not null;`);
    this.addSql(`alter table if exists "odoo_movement" add constraint "odoo_movement_via_check" check("via" in ('reduce', 'fulfilment'));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_movement_unsettled_since" ON "odoo_movement" ("unsettled_since") WHERE unsettled_since IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`alter table if exists "odoo_receipt" add column if not exists "outcome" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "odoo_movement" drop constraint if exists "odoo_movement_via_check";`);

    this.addSql(`drop index if exists "IDX_odoo_movement_unsettled_since";`);
    this.addSql(`alter table if exists "odoo_movement" drop column if exists "per_piece", drop column if exists "unsettled_since";`);

    // what went with a fulfilment has no place in the older books
    this.addSql(`delete from "odoo_movement" where "via" <> 'reduce';`);
    this.addSql(`alter table if exists "odoo_movement" alter column "location_id" set not null;`);
    this.addSql(`alter table if exists "odoo_movement" add constraint "odoo_movement_via_check" check("via" in ('reduce'));`);

    this.addSql(`alter table if exists "odoo_receipt" drop column if exists "outcome";`);
  }

}
