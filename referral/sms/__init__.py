"""SMS gateways, chosen by the URLs in SMS_URL."""
