package seedance.activities.provider;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Resolves one host to public addresses only, so that a URL in a service's reply cannot make the
 * worker talk to the machines around it.
 *
 * @param host the untrusted one; another name that is looked up during the same call is that of the
 *     operator's own HTTP proxy
 */
record PublicAddresses(String host) implements Dns {

  /** An address that is not fetched from. */
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1;

    Refused() {
      super("not a public address");
    }
  }

  @Override
  public List<InetAddress> lookup(String name) throws UnknownHostException {
    List<InetAddress> addresses = Dns.SYSTEM.lookup(name);
    if (name.equals(host) && !addresses.stream().allMatch(PublicAddresses::isPublic)) {
      throw new Refused();
    }
    return addresses;
  }

  /**
   * Whether an address is for everyone. 198.18.0.0/15 counts as public: it is no one's network, and
   * proxies on developers' machines resolve every name to it.
   */
  static boolean isPublic(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean thisNetwork = first == 0;
    // RFC 6598; Alibaba Cloud's metadata service is 100.100.100.200.
    boolean carrierGrade = first == 100 && second >= 64 && second < 128;
    boolean protocolAssignments = first == 192 && second == 0 && bytes[2] == 0;
    boolean reserved = first >= 240;
    return !thisNetwork && !carrierGrade && !protocolAssignments && !reserved;
  }

  private static boolean isPublic6(byte[] bytes) {
    boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
    // RFC 8215; RFC 4380, whose tunnel ends wherever its server says.
    boolean localNat64 = startsWith(bytes, 0x00, 0x64, 0xff, 0x9b, 0x00, 0x01);
    boolean teredo = startsWith(bytes, 0x20, 0x01, 0, 0);
    if (uniqueLocal || localNat64 || teredo) {
      return false;
    }
    byte[] embedded = embedded4(bytes);
    return embedded == null || isPublic(v4(embedded));
  }

  /**
   * The IPv4 address that NAT64 (RFC 6052), 6to4 (RFC 3056), IPv4-translated (RFC 2765) and
   * IPv4-compatible ones lead to; null of others.
   */
  private static byte @Nullable [] embedded4(byte[] bytes) {
    boolean nat64 = startsWith(bytes, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);
    boolean compatible = startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    boolean translated = startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0);
    if (nat64 || compatible || translated) {
      return Arrays.copyOfRange(bytes, 12, 16);
    }
    return startsWith(bytes, 0x20, 0x02) ? Arrays.copyOfRange(bytes, 2, 6) : null;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static Inet4Address v4(byte[] bytes) {
    try {
      return (Inet4Address) InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
