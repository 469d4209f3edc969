DROP TABLE truebook.notices, truebook.notice_choices;
