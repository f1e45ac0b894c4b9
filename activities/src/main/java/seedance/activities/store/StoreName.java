package seedance.activities.store;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seedance.workflows.generation.Artifact;
import seedance.workflows.request.StoredInput;

/** One safe name in a store for an id that may hold anything: slashes, dots, spaces, any script. */
public final class StoreName {
  /** File systems allow 255 bytes a name; this leaves room for what we add. */
  private static final int LONGEST = 160;

  private static final Pattern WINDOWS_DEVICE =
      Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?", Pattern.CASE_INSENSITIVE);

  /** Files that lie in a generation's or a chain's folder. */
  private static final Set<String> OF_THE_STORE =
      Stream.concat(
              Stream.of(FolderPlace.MANIFEST, FolderChainPlace.MANIFEST),
              Arrays.stream(Artifact.Kind.values())
                  .flatMap(
                      kind -> Arrays.stream(MediaType.values()).map(type -> type.fileName(kind))))
          .collect(Collectors.toUnmodifiableSet());

  private StoreName() {}

  /**
   * Ids of letters, digits, {@code -}, {@code _} and {@code .} stay as they are; other bytes are
   * percent-encoded, as is a leading dot, and on Windows what that gives a meaning of its own.
   * Different ids give different names.
   */
  public static String of(String id) {
    return of(id, File.separatorChar == '\\');
  }

  static String of(String id, boolean onWindows) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isPlain(c, encoded.length())) {
        encoded.append(c);
      } else {
        encoded.append(encoded(c));
      }
    }
    if (encoded.isEmpty()) {
      return "%";
    }
    String name = onWindows ? forWindows(encoded.toString()) : encoded.toString();
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + hash(id);
  }

  /**
   * As {@link #of}, for what people look into: letters of every script stay as they are too, and
   * what no file system or bucket takes is encoded on all of them alike. Text that is not in
   * Unicode's composed form (NFC) is encoded, as some file systems know the two forms apart and
   * others do not.
   */
  public static String readable(String id) {
    boolean isComposed = Normalizer.isNormalized(id, Normalizer.Form.NFC);
    StringBuilder encoded = new StringBuilder();
    id.codePoints()
        .forEach(
            c -> {
              boolean isPlain =
                  c < 0x80 ? isPlain((char) c, encoded.length()) : isComposed && isLetter(c);
              String text = Character.toString(c);
              encoded.append(isPlain ? text : encodedBytes(text));
            });
    if (encoded.isEmpty()) {
      return "%";
    }
    String usual = forWindows(encoded.toString());
    // The store has files of its own there.
    String name = usual.equalsIgnoreCase(StoredInput.FOLDER) ? withFirstEncoded(usual) : usual;
    return bytes(name) <= LONGEST ? name : cut(name) + hash(id);
  }

  private static boolean isPlain(char c, int at) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || (c == '.' && at > 0);
  }

  /** And what is written onto letters, without which some scripts cannot be read. */
  private static boolean isLetter(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  private static String encodedBytes(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(encoded((char) (b & 0xFF)));
    }
    return encoded.toString();
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /** To what fits, between two characters. */
  private static String cut(String name) {
    int end = Math.min(name.length(), LONGEST);
    while (bytes(name.substring(0, end)) > LONGEST
        || Character.isHighSurrogate(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end);
  }

  /** For a task's folder in its workflow's, where the store has files of its own. */
  public static String ofTask(String id) {
    String name = of(id);
    return OF_THE_STORE.contains(name.toLowerCase(Locale.ROOT)) ? withFirstEncoded(name) : name;
  }

  /** Another safe name, for where something else has the first. */
  static String apart(String id) {
    return of(id) + hash(id);
  }

  /** Devices have their names with any extension and in any case; a dot at the end is dropped. */
  private static String forWindows(String name) {
    String usual = name.endsWith(".") ? name.substring(0, name.length() - 1) + "%2E" : name;
    return WINDOWS_DEVICE.matcher(usual).matches() ? withFirstEncoded(usual) : usual;
  }

  /** No other id has it, as what is plain is else never encoded. */
  private static String withFirstEncoded(String name) {
    return encoded(name.charAt(0)) + name.substring(1);
  }

  private static String encoded(char c) {
    return "%" + HexFormat.of().withUpperCase().toHexDigits((byte) c);
  }

  private static String hash(String id) {
    return "~" + Sha256.of(id).substring(0, 16);
  }
}
