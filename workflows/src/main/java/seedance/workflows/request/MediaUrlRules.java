package seedance.workflows.request;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import seedance.workflows.json.Wording;

/** The forms in which each kind of medium may be given. */
final class MediaUrlRules {
  private static final String ASSET = "asset://";
  private static final String DATA = "data:";
  private static final String BASE64 = ";base64";
  private static final int LONGEST_HEADER = 200;

  /** As much base64 as is searched for an image's size; a photo's size may follow its preview. */
  private static final int LONGEST_LOOK = 1 << 18;

  private MediaUrlRules() {}

  /** Returns what to write for a medium. */
  static String forms(Medium medium) {
    return medium.inlineFormats().isEmpty()
        ? "write https://… or asset://ID"
        : "write https://…, asset://ID or data:%s/%s;base64,…"
            .formatted(medium.word(), medium == Medium.IMAGE ? "png" : "wav");
  }

  /** Returns what is wrong with a medium's URL, if anything, without quoting it. */
  static Optional<String> fault(Medium medium, String url) {
    if (WebUrl.isWeb(url)) {
      return WebUrl.fault(url);
    }
    if (url.startsWith(ASSET)) {
      String id = url.substring(ASSET.length());
      return id.isBlank() || id.chars().anyMatch(c -> c <= ' ' || Character.isWhitespace(c))
          ? Optional.of("names no asset: write asset://ID")
          : Optional.empty();
    }
    if (url.regionMatches(true, 0, DATA, 0, DATA.length())) {
      return inlineFault(medium, url);
    }
    if (StoredInput.isMeant(url)) {
      return storedFault(medium, url);
    }
    if (LocalPath.isOne(url)) {
      return Optional.of("is a local file, which the service cannot reach: " + forms(medium));
    }
    return Optional.of("is not a form that the service takes: " + forms(medium));
  }

  private static Optional<String> storedFault(Medium medium, String url) {
    Optional<StoredInput> input = StoredInput.of(url);
    if (input.isEmpty()) {
      return Optional.of(
          "is no input in the store: write store://inputs/SHA256.EXTENSION, as putting it there"
              + " gave it");
    }
    Medium stored = input.get().medium();
    return stored == medium
        ? Optional.empty()
        : Optional.of(
            "is a stored %s: %s_url takes another kind".formatted(stored.word(), medium.word()));
  }

  private static Optional<String> inlineFault(Medium medium, String url) {
    if (medium.inlineFormats().isEmpty()) {
      return Optional.of("a " + medium.word() + " is never taken inline: " + forms(medium));
    }
    int comma = url.substring(0, Math.min(url.length(), LONGEST_HEADER)).indexOf(',');
    String header = comma < 0 ? "" : url.substring(DATA.length(), comma);
    if (!header.toLowerCase(Locale.ROOT).endsWith(BASE64)) {
      return Optional.of("is inline but not base64: " + forms(medium));
    }
    String type = header.substring(0, header.length() - BASE64.length());
    List<String> allowed =
        medium.inlineFormats().stream().map(format -> medium.word() + "/" + format).toList();
    if (!allowed.contains(type)) {
      return Optional.of(wrongType(type, allowed));
    }
    if (!url.startsWith(DATA) || !header.endsWith(BASE64)) {
      return Optional.of("must start in lower case: write data:" + type + ";base64,…");
    }
    long bytes = Base64Length.decoded(url, comma + 1);
    if (bytes < 0) {
      return Optional.of(
          "is not valid base64: only A-Z a-z 0-9 + / and = at the end, without line breaks");
    } else if (bytes == 0) {
      return Optional.of("holds no data after the comma");
    }
    return medium
        .sizeFault(bytes)
        .or(() -> medium == Medium.IMAGE ? sizeFault(url, comma + 1) : Optional.empty());
  }

  private static Optional<String> sizeFault(String url, int start) {
    int digits = Math.min(url.length() - start, LONGEST_LOOK) / 4 * 4;
    byte[] bytes = Base64.getDecoder().decode(url.substring(start, start + digits));
    return ImageSize.of(bytes).flatMap(ImageSize::fault);
  }

  private static String wrongType(String type, List<String> allowed) {
    String lower = type.toLowerCase(Locale.ROOT);
    if (lower.equals("image/jpg")) {
      lower = "image/jpeg";
    }
    if (allowed.contains(lower)) {
      return "is declared as " + type + ": write " + lower;
    }
    String plain = lower.split(";", 2)[0];
    return allowed.contains(plain)
        ? "has parameters after its type: write data:" + plain + ";base64,…"
        : "is declared as %s: must be %s".formatted(Wording.quoted(type), Wording.anyOf(allowed));
  }
}
