"""The businesses: accounts, keys, services, staff, hours, days off, customers. Each change is one transaction."""
