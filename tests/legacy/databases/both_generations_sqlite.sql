-- An old database caught between the generations, SQLite: accounts are there, some tables never got their account_id,
-- a migration died half-way, keys are missing, and some values are no text at all.
CREATE TABLE knex_migrations (id integer primary key autoincrement, name varchar(255), batch integer, migration_time datetime);
CREATE TABLE accounts (id varchar(255) primary key, name varchar(255), timezone varchar(255));
CREATE TABLE users (id varchar(255), account_id varchar(255), email varchar(255), role varchar(255), phone varchar(255));
CREATE TABLE bot_configs (id char(36), account_id varchar(255), system_prompt text, bot_name varchar(255), escalation_rules text, is_active boolean);
CREATE TABLE services (id char(36), account_id varchar(255), bot_config_id varchar(255), name varchar(255), price decimal(10,2), currency varchar(255), duration_minutes integer, is_active boolean);
CREATE TABLE appointments (id, customer_name, customer_phone, customer_email, datetime, duration, status, notes, appointment_type, created_at);
CREATE TABLE _knex_temp_alter042 (id, customer_name);
CREATE TABLE test_chat_sessions (id integer primary key, account_id varchar(255), session_type varchar(255), whatsapp_number varchar(255), display_name varchar(255), status varchar(255), session_number integer);
CREATE TABLE chat_messages (id integer primary key, session_id, role text, content text, timestamp datetime, metadata text);
CREATE TABLE payments (id integer primary key, amount integer);

INSERT INTO knex_migrations(name, batch, migration_time) VALUES ('001_create_appointments.js', 1, 1721800000999);
INSERT INTO accounts VALUES ('hof-1', 'Hof & Söhne', 'Europe/Zurich');
INSERT INTO users VALUES ('u1', 'hof-1', 'Chef@hof.example', 'admin', '044 123 45 67'), ('u2', 'hof-1', 'not an address', NULL, NULL), (NULL, 'hof-1', 'nn@hof.example', NULL, NULL);
INSERT INTO bot_configs VALUES ('b1', 'hof-1', 'Hoi', 'Heidi', 'call the boss', 1), ('b2', 'hof-1', 'Hoi', 'Peter', NULL, 1);
INSERT INTO services VALUES ('s1', 'hof-1', 'b1', 'Reifen', 80.05, 'CHF', 30, 1), ('s2', 'hof-1', 'b9', 'Öl', 1e300, 'chf', 20, 'maybe'), ('s3', 'hof-1', NULL, '', 5, 'CHF', 20, 1), ('s1', 'hof-1', NULL, 'Bremsen', 120, 'CHF', 45, 1);
INSERT INTO appointments VALUES
 ('a1', 'Röbi', '044 668 18 00', NULL, '2025-05-05 08:00', 30, 'booked', NULL, 's1', '2025-05-01 10:00:00'),
 ('a1', 'Röbi again', '044 668 18 00', NULL, '2025-05-05 09:00', 30, 'booked', NULL, 's2', '2025-05-01 10:00:01'),
 (NULL, 'Nobody', NULL, NULL, '2025-05-05 10:00', 30, 'booked', NULL, NULL, NULL),
 (NULL, 'Nobody', NULL, NULL, '2025-05-05 10:00', 30, 'booked', NULL, NULL, NULL),
 ('a2', x'fffe00', NULL, NULL, '2025-05-05 11:00', 30, 'booked', NULL, NULL, NULL),
 ('a3', 'Nul' || char(0) || 'Null', NULL, NULL, '2025-05-05 12:00', 30, 'booked', NULL, NULL, NULL),
 ('a4', 'Long', NULL, NULL, '2025-05-05 13:00', 100000, 'booked', NULL, NULL, NULL),
 ('a5', 'Sure', NULL, NULL, 1746450000, 30.0, 'BOOKED', 'from seconds', 's9', 'yesterday');
INSERT INTO _knex_temp_alter042 VALUES ('a1', 'Röbi'), ('a0', 'Lost');
INSERT INTO test_chat_sessions VALUES (1, 'hof-1', 'whatsapp', '0446681800', 'Röbi', 'active', NULL), (2, 'hof-1', 'whatsapp', '+41446681800', NULL, 'archived', NULL),
 (3, 'hof-1', 'whatsapp', NULL, NULL, 'active', NULL), (4, 'hof-1', 'telegram', '1', NULL, 'active', NULL), (5, 'hof-1', NULL, NULL, 'Try', 'strange', 7);
INSERT INTO chat_messages VALUES (1, 1, 'user', 'Grüezi', '2025-05-01 09:59:00', NULL), (2, 2, 'assistant', 'Your appointment is confirmed', '2025-05-01 10:00:30', '{"a":"\u0000"}'),
 (3, 3, 'user', 'hallo?', NULL, NULL), (4, '5', 'Assistant', 'Try', 'never', '"just text"');
INSERT INTO payments(amount) VALUES (1), (2), (3);
