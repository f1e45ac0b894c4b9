package seedance.client.inputs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import seedance.workflows.request.StoredInput;

/** From where a caller's medium comes. */
sealed interface Source {

  /** Reads what the medium is. */
  MediaFile read();

  /**
   * Puts it into a store.
   *
   * @throws IOException as {@link MediaStore#put}
   */
  void putInto(MediaStore store, StoredInput name) throws IOException;

  /**
   * A file on this machine.
   *
   * @param file which nothing says that it is there
   */
  record OnDisk(Path file) implements Source {
    public OnDisk {
      Objects.requireNonNull(file, "file");
    }

    @Override
    public MediaFile read() {
      return MediaFile.read(file);
    }

    @Override
    public void putInto(MediaStore store, StoredInput name) throws IOException {
      store.put(name, file);
    }
  }

  /** In the body itself, as a {@code data:} URL; it never shows itself. */
  record Inline(String url) implements Source {
    private static final Pattern HEAD = Pattern.compile("(?i)data:[^,]{0,200};base64,");

    public Inline {
      Objects.requireNonNull(url, "url");
    }

    /** Reads one; empty where a text is none, or cannot be decoded. */
    static Optional<Inline> of(String text) {
      Inline inline = new Inline(text);
      return HEAD.matcher(text).lookingAt() && inline.decoded().isPresent()
          ? Optional.of(inline)
          : Optional.empty();
    }

    private Optional<byte[]> decoded() {
      Matcher head = HEAD.matcher(url);
      try {
        return head.lookingAt()
            ? Optional.of(Base64.getDecoder().decode(url.substring(head.end())))
            : Optional.empty();
      } catch (IllegalArgumentException noBase64) {
        return Optional.empty();
      }
    }

    @Override
    public MediaFile read() {
      return MediaFile.read(decoded().orElseThrow());
    }

    /** By a file for the caller's eyes alone, which a store can read twice. */
    @Override
    public void putInto(MediaStore store, StoredInput name) throws IOException {
      Path file = Files.createTempFile("seedance-input-", "." + name.extension());
      try {
        Files.write(file, decoded().orElseThrow());
        store.put(name, file);
      } finally {
        Files.deleteIfExists(file);
      }
    }

    @Override
    public String toString() {
      return "Inline";
    }
  }
}
