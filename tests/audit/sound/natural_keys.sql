-- A library catalogue with natural keys, composite keys, codes instead of ids, and no surrogate anywhere.
CREATE TABLE countries (code char(2) NOT NULL PRIMARY KEY CHECK (code = upper(code)), name varchar(80) NOT NULL UNIQUE);
CREATE TABLE currencies (code char(3) NOT NULL PRIMARY KEY, name varchar(40) NOT NULL, minor_units integer NOT NULL DEFAULT 2 CHECK (minor_units >= 0));
CREATE TABLE publishers (name varchar(120) NOT NULL PRIMARY KEY, country_code char(2) NOT NULL REFERENCES countries (code));
CREATE INDEX publishers_country ON publishers (country_code);
CREATE TABLE books (isbn char(13) NOT NULL PRIMARY KEY, title varchar(200) NOT NULL, publisher varchar(120) NOT NULL REFERENCES publishers (name),
  published_on date NOT NULL, language char(2) NOT NULL, pages integer NOT NULL CHECK (pages > 0));
CREATE INDEX books_publisher ON books (publisher, published_on);
CREATE TABLE prices (isbn char(13) NOT NULL REFERENCES books (isbn), currency_code char(3) NOT NULL REFERENCES currencies (code),
  valid_from date NOT NULL, amount numeric(10, 2) NOT NULL CHECK (amount >= 0), PRIMARY KEY (isbn, currency_code, valid_from));
CREATE INDEX prices_currency ON prices (currency_code);
CREATE TABLE authors (pen_name varchar(120) NOT NULL PRIMARY KEY, born_on date);
CREATE TABLE book_authors (isbn char(13) NOT NULL REFERENCES books (isbn), pen_name varchar(120) NOT NULL REFERENCES authors (pen_name),
  position integer NOT NULL CHECK (position > 0), PRIMARY KEY (isbn, pen_name), UNIQUE (isbn, position));
CREATE INDEX book_authors_author ON book_authors (pen_name);
INSERT INTO countries VALUES ('AT', 'Austria'), ('DE', 'Germany'), ('GB', 'United Kingdom');
INSERT INTO currencies VALUES ('EUR', 'euro', 2), ('GBP', 'pound', 2);
INSERT INTO publishers VALUES ('Alpenverlag', 'AT'), ('Northern Press', 'GB');
INSERT INTO books VALUES ('9780000000001', 'Clouds', 'Alpenverlag', '2019-03-01', 'de', 120), ('9780000000002', 'Tides', 'Northern Press', '2021-05-09', 'en', 240);
INSERT INTO prices VALUES ('9780000000001', 'EUR', '2019-03-01', 19.90), ('9780000000002', 'GBP', '2021-05-09', 0);
INSERT INTO authors VALUES ('A. Weiss', NULL), ('B. Stone', '1970-02-03');
INSERT INTO book_authors VALUES ('9780000000001', 'A. Weiss', 1), ('9780000000002', 'B. Stone', 1), ('9780000000002', 'A. Weiss', 2);
