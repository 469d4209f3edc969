"""WhatsApp's Cloud API as Meta runs it: what its webhooks hold, how they are signed, and how a message is sent."""
