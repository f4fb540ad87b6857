//! Checks the webhook's URL, so that what Telegram would refuse is reported before it is asked.

/// Ports to which Telegram sends updates.
const PORTS: [u16; 4] = [443, 80, 88, 8443];

/// Why Telegram's own server would refuse the public URL; another Bot API server accepts any.
pub(super) fn flaw(url: &str, own_server: bool) -> Option<String> {
    if own_server {
        return None;
    }
    let Some(rest) = url.strip_prefix("https://") else {
        return Some(
            "telegram_webhook_url must begin with https://: Telegram brings updates to no other address; a server of your \
             own (telegram_api_url) does".into(),
        );
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    // The colons of an IPv6 address in brackets do not start a port.
    let after = host.rsplit_once(']').map_or(host, |(_, after)| after);
    let (_, port) = after.split_once(':')?;
    let fits = port.parse().is_ok_and(|port: u16| PORTS.contains(&port));
    (!fits)
        .then(|| format!("telegram_webhook_url has port {port}: Telegram brings updates only to 443, 80, 88 and 8443; a server of your own (telegram_api_url) to any"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telegram_takes_https_and_four_ports() {
        for good in [
            "https://bot.example.org",
            "https://bot.example.org/",
            "https://bot.example.org:443",
            "https://bot.example.org:8443/x?y=1:2",
            "https://[2001:db8::1]",
            "https://[2001:db8::1]:88/",
        ] {
            assert_eq!(flaw(good, false), None, "{good}");
        }
        for (bad, part) in [
            ("http://bot.example.org", "https://"),
            ("https://bot.example.org:8080", "port 8080"),
            ("https://bot.example.org:80800/", "port 80800"),
            ("https://[2001:db8::1]:444", "port 444"),
            ("https://bot.example.org:", "port"),
        ] {
            assert!(flaw(bad, false).is_some_and(|said| said.contains(part)), "{bad}");
            assert_eq!(flaw(bad, true), None, "a server of one's own takes any: {bad}");
        }
    }
}
