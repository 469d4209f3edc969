"""WhatsApp: webhooks come in, are checked and stored; everything else is done by the worker."""
