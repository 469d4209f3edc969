DROP TABLE truebook.send_pace, truebook.whatsapp_templates, truebook.alerts;
