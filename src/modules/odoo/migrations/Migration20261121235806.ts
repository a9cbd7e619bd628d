import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121235806 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "odoo_stock_statement" drop constraint if exists "odoo_stock_statement_inventory_item_id_location_id_unique";`);
    this.addSql(`alter table if exists "odoo_stock_record" drop constraint if exists "odoo_stock_record_sku_unique";`);
    this.addSql(`alter table if exists "odoo_receipt" drop constraint if exists "odoo_receipt_scope_key_unique";`);
    this.addSql(`create table if not exists "odoo_movement" ("id" text not null, "order_id" text not null, "line_item_id" text not null, "inventory_item_id" text not null, "location_id" text not null, "quantity" integer not null, "via" text check ("via" in ('reduce')) not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_movement_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_movement_deleted_at" ON "odoo_movement" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_movement_order_id_line_item_id" ON "odoo_movement" ("order_id", "line_item_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "odoo_receipt" ("id" text not null, "scope" text not null, "key" text not null, "fingerprint" text not null, "status" integer null, "body" text null, "leased_until" timestamptz null, "expires_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_receipt_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_receipt_deleted_at" ON "odoo_receipt" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_odoo_receipt_scope_key_unique" ON "odoo_receipt" ("scope", "key") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_receipt_expires_at" ON "odoo_receipt" ("expires_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "odoo_stock_record" ("id" text not null, "sku" text not null, "inventory_item_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_stock_record_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_stock_record_deleted_at" ON "odoo_stock_record" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_odoo_stock_record_sku_unique" ON "odoo_stock_record" ("sku") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_stock_record_inventory_item_id" ON "odoo_stock_record" ("inventory_item_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "odoo_stock_statement" ("id" text not null, "inventory_item_id" text not null, "location_id" text not null, "counted_at" timestamptz null, "stated_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_stock_statement_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_stock_statement_deleted_at" ON "odoo_stock_statement" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_odoo_stock_statement_inventory_item_id_location_id_unique" ON "odoo_stock_statement" ("inventory_item_id", "location_id") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "odoo_movement" cascade;`);

    this.addSql(`drop table if exists "odoo_receipt" cascade;`);

    this.addSql(`drop table if exists "odoo_stock_record" cascade;`);

    this.addSql(`drop table if exists "odoo_stock_statement" cascade;`);
  }

}
