"""SMS gateways: one method behind a URL in SMS_URL."""
