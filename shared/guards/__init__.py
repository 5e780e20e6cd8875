"""Keep guards: standing orders to bring a person back whenever the account or licence is lost."""
