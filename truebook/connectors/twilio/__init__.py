"""WhatsApp by way of Twilio: form webhooks, numbered text or Content resources, and a list of what was sent."""
