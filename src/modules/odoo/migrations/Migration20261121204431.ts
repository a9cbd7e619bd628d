import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121204431 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "odoo_record_state" drop constraint if exists "odoo_record_state_record_kind_record_id_unique";`);
    this.addSql(`alter table if exists "odoo_link" drop constraint if exists "odoo_link_record_kind_record_id_unique";`);
    this.addSql(`alter table if exists "odoo_api_key" drop constraint if exists "odoo_api_key_digest_unique";`);
    this.addSql(`create table if not exists "odoo_api_key" ("id" text not null, "title" text not null, "digest" text not null, "redacted" text not null, "last_used_at" timestamptz null, "revoked_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_api_key_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_api_key_deleted_at" ON "odoo_api_key" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_odoo_api_key_digest_unique" ON "odoo_api_key" ("digest") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "odoo_attempt" ("id" text not null, "event_id" text not null, "number" integer not null, "started_at" timestamptz not null, "duration_ms" integer not null, "http_status" integer null, "error_class" text null, "error_message" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_attempt_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_attempt_deleted_at" ON "odoo_attempt" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_attempt_event_id_number" ON "odoo_attempt" ("event_id", "number") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "odoo_event" ("id" text not null, "sequence" serial, "record_kind" text check ("record_kind" in ('order', 'customer')) not null, "record_id" text not null, "name" text not null, "body" text not null, "status" text check ("status" in ('pending', 'waiting', 'delivered', 'failed', 'dismissed')) not null default 'pending', "attempts" integer not null default 0, "next_attempt_at" timestamptz not null, "lease_id" text null, "leased_until" timestamptz null, "error_class" text null, "error_message" text null, "delivered_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_event_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_deleted_at" ON "odoo_event" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_next_attempt_at_sequence" ON "odoo_event" ("next_attempt_at", "sequence") WHERE status IN ('pending', 'waiting') AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_record_kind_record_id_sequence" ON "odoo_event" ("record_kind", "record_id", "sequence") WHERE status IN ('pending', 'waiting', 'failed') AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "odoo_link" ("id" text not null, "record_kind" text check ("record_kind" in ('order', 'customer')) not null, "record_id" text not null, "odoo_id" text not null, "odoo_name" text null, "odoo_status" text null, "synced_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_link_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_link_deleted_at" ON "odoo_link" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_odoo_link_record_kind_record_id_unique" ON "odoo_link" ("record_kind", "record_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_link_record_kind_odoo_id" ON "odoo_link" ("record_kind", "odoo_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "odoo_record_state" ("id" text not null, "record_kind" text check ("record_kind" in ('order', 'customer')) not null, "record_id" text not null, "status" text null, "fulfillment_status" text null, "payment_status" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_record_state_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_record_state_deleted_at" ON "odoo_record_state" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_odoo_record_state_record_kind_record_id_unique" ON "odoo_record_state" ("record_kind", "record_id") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "odoo_api_key" cascade;`);

    this.addSql(`drop table if exists "odoo_attempt" cascade;`);

    this.addSql(`drop table if exists "odoo_event" cascade;`);

    this.addSql(`drop table if exists "odoo_link" cascade;`);

    this.addSql(`drop table if exists "odoo_record_state" cascade;`);
  }

}
