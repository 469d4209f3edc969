-- @postgresql faulty
CREATE TABLE rooms (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text);
CREATE TABLE chairs (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text);
CREATE TABLE visits (id uuid PRIMARY KEY, name text);
-- @postgresql sound
CREATE TABLE rooms (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text);
CREATE TABLE chairs (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text);
CREATE TABLE visits (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text);
CREATE TABLE room_plans (id uuid PRIMARY KEY REFERENCES rooms (id), plan text);
-- @sqlite faulty
CREATE TABLE rooms (id char(36) NOT NULL PRIMARY KEY DEFAULT (hex(randomblob(16))), name text);
CREATE TABLE chairs (id char(36) NOT NULL PRIMARY KEY DEFAULT (hex(randomblob(16))), name text);
CREATE TABLE visits (id char(36) NOT NULL PRIMARY KEY, name text);
-- @sqlite sound
CREATE TABLE rooms (id char(36) NOT NULL PRIMARY KEY, name text);
CREATE TABLE chairs (id char(36) NOT NULL PRIMARY KEY, name text);
CREATE TABLE countries (code char(2) NOT NULL PRIMARY KEY, name text);
