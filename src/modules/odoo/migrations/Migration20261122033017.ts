import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122033017 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "odoo_refusal" drop constraint if exists "odoo_refusal_record_kind_record_id_said_unique";`);
    this.addSql(`create table if not exists "odoo_delivery" ("id" text not null, "paused_at" timestamptz null, "pause_reason" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_delivery_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_deleted_at" ON "odoo_delivery" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "odoo_refusal" ("id" text not null, "record_kind" text check ("record_kind" in ('order', 'customer')) not null, "record_id" text not null, "said" text not null, "code" text not null, "message" text not null, "details" jsonb null, "times" integer not null default 1, "refused_at" timestamptz not null, "settled_at" timestamptz null, "dismissal" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_refusal_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_refusal_deleted_at" ON "odoo_refusal" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_odoo_refusal_record_kind_record_id_said_unique" ON "odoo_refusal" ("record_kind", "record_id", "said") WHERE settled_at IS NULL AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "odoo_sweep" ("id" text not null, "installed_at" timestamptz not null, "baseline_position" jsonb null, "baseline_done_at" timestamptz null, "swept_until" timestamptz not null, "swept_at" timestamptz null, "reconciled_at" timestamptz null, "next_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_sweep_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_sweep_deleted_at" ON "odoo_sweep" ("deleted_at") WHERE deleted_at IS NULL;`);

    // from now on orders and customers are new; what is there already is noted, and not sent
    this.addSql(`insert into "odoo_sweep" ("id", "installed_at", "swept_until", "next_at") select kind, now(), now(), now() from unnest(array['order', 'customer']) as kind on conflict do nothing;`);

    this.addSql(`alter table if exists "odoo_attempt" add column if not exists "reply" text null;`);

    this.addSql(`alter table if exists "odoo_event" add column if not exists "attempts_before_replay" integer not null default 0, add column if not exists "dismissal" text null, add column if not exists "dismissed_at" timestamptz null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_record_id" ON "odoo_event" ("record_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_delivered_at" ON "odoo_event" ("delivered_at") WHERE status = 'delivered' AND deleted_at IS NULL;`);

    this.addSql(`alter table if exists "odoo_record_state" add column if not exists "version" integer not null default 1, add column if not exists "profile" jsonb null, add column if not exists "address_ids" text[] null, add column if not exists "source_mark" text null, add column if not exists "announced_at" timestamptz null, add column if not exists "told_by_odoo" text[] null, add column if not exists "told_until" timestamptz null;`);
    // until now a state was written together with its event
    this.addSql(`update "odoo_record_state" set "announced_at" = "created_at" where "announced_at" is null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_record_state_address_ids" ON "odoo_record_state" USING GIN ("address_ids") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "odoo_delivery" cascade;`);

    this.addSql(`drop table if exists "odoo_refusal" cascade;`);

    this.addSql(`drop table if exists "odoo_sweep" cascade;`);

    this.addSql(`alter table if exists "odoo_attempt" drop column if exists "reply";`);

    this.addSql(`drop index if exists "IDX_odoo_event_record_id";`);
    this.addSql(`drop index if exists "IDX_odoo_event_delivered_at";`);
    this.addSql(`alter table if exists "odoo_event" drop column if exists "attempts_before_replay", drop column if exists "dismissal", drop column if exists "dismissed_at";`);

    this.addSql(`drop index if exists "IDX_odoo_record_state_address_ids";`);
    this.addSql(`alter table if exists "odoo_record_state" drop column if exists "version", drop column if exists "profile", drop column if exists "address_ids", drop column if exists "source_mark", drop column if exists "announced_at", drop column if exists "told_by_odoo", drop column if exists "told_until";`);
  }

}
