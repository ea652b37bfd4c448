CREATE TABLE accounts (id TEXT PRIMARY KEY, name TEXT);
CREATE TABLE customers (id TEXT PRIMARY KEY, account_id TEXT, name TEXT, email TEXT);
CREATE TABLE invoices (
    id TEXT PRIMARY KEY, account_id TEXT, customer_id TEXT, number TEXT, status TEXT,
    currency TEXT, total_amount DECIMAL(12,2), created_at TIMESTAMPTZ
);
CREATE TABLE invoice_items (id TEXT PRIMARY KEY, invoice_id TEXT, name TEXT, quantity INTEGER, unit_price DECIMAL(12,2));
CREATE TABLE payments (id TEXT PRIMARY KEY, invoice_id TEXT, payment_intent_id TEXT, status TEXT, amount DECIMAL(12,2));
CREATE TABLE reminders (id TEXT PRIMARY KEY, invoice_id TEXT, step INTEGER, sent_at TIMESTAMPTZ);
CREATE TABLE idempotency_keys (account_id TEXT, idempotency_key TEXT, request_hash TEXT, response_status INTEGER);
CREATE TABLE webhook_events (event_id TEXT, payload TEXT);
CREATE TABLE outbox (id TEXT PRIMARY KEY, payload TEXT, attempts INTEGER, next_attempt_at TIMESTAMPTZ, locked_until TIMESTAMPTZ);
CREATE TABLE dead_letters (outbox_id TEXT, payload TEXT, attempts INTEGER, last_error TEXT);
CREATE INDEX idx_invoices_customer ON invoices (customer_id);
