package seedance.client.inputs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import seedance.client.inputs.MediaFacts.Audio;
import seedance.client.inputs.MediaFacts.Image;
import seedance.workflows.request.ImageSize;
import seedance.workflows.request.StoredInput;

/** What a file on this machine is, by its content and not by its name. */
sealed interface MediaFile {

  /**
   * A file that could be read.
   *
   * @param bytes its size
   * @param sha256 of its content in 64 lower-case hexadecimal digits; empty where the service takes
   *     no such file or none so large, which is then not read to its end
   */
  record Found(InputType type, long bytes, MediaFacts facts, Optional<String> sha256)
      implements MediaFile {
    public Found {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(facts, "facts");
      Objects.requireNonNull(sha256, "sha256");
    }

    /** Its name in the store, which this content alone has; empty as its hash is. */
    public Optional<StoredInput> name() {
      return sha256.map(hash -> new StoredInput(hash, type.extension()));
    }
  }

  /** A file that could not. */
  record Unreadable(Why why) implements MediaFile {
    public Unreadable {
      Objects.requireNonNull(why, "why");
    }
  }

  /** Why a file could not be read. */
  enum Why {
    MISSING("is not there"),
    FOLDER("is a folder, not a file"),
    SPECIAL("is a pipe or a device, not a file"),
    EMPTY("is empty"),
    DENIED("may not be read by us"),
    CHANGED("changed while it was read"),
    BROKEN("cannot be read");

    private final String words;

    Why(String words) {
      this.words = words;
    }

    /** What is said of such a file, after its name. */
    public String words() {
      return words;
    }
  }

  /** Reads a file: a bounded part of it for what it is, and all of it once for its hash. */
  static MediaFile read(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      if (found.isDirectory()) {
        return new Unreadable(Why.FOLDER);
      } else if (!found.isRegularFile()) {
        return new Unreadable(Why.SPECIAL); // and not opened: a pipe would wait for its writer
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return read(channel::read, channel.size());
      }
    } catch (NoSuchFileException missing) {
      return new Unreadable(Why.MISSING);
    } catch (AccessDeniedException denied) {
      return new Unreadable(Why.DENIED);
    } catch (IOException broken) {
      return new Unreadable(Why.BROKEN);
    }
  }

  /** The same of what is in memory. */
  static MediaFile read(byte[] content) {
    try {
      return read(
          (into, at) -> {
            if (at >= content.length) {
              return -1;
            }
            int count = (int) Math.min(into.remaining(), content.length - at);
            into.put(content, (int) at, count);
            return count;
          },
          content.length);
    } catch (IOException broken) {
      return new Unreadable(Why.BROKEN);
    }
  }

  private static MediaFile read(FileBytes.Content content, long size) throws IOException {
    if (size == 0) {
      return new Unreadable(Why.EMPTY);
    }
    FileBytes bytes = new FileBytes(content, size);
    InputType type = Signature.of(bytes);
    MediaFacts facts = facts(type, bytes);
    if ((type == InputType.MP4 || type == InputType.MOV) && facts == MediaFacts.NONE) {
      type = InputType.M4A;
    }
    boolean isTaken = type.medium().filter(medium -> medium.sizeFault(size).isEmpty()).isPresent();
    if (!isTaken) {
      return new Found(type, size, facts, Optional.empty());
    }
    Optional<String> sha256 = sha256(content, size);
    return sha256.isPresent() ? new Found(type, size, facts, sha256) : new Unreadable(Why.CHANGED);
  }

  /** What a file that is cut off, or made to mislead, does not say is not known. */
  private static MediaFacts facts(InputType type, FileBytes bytes) throws IOException {
    try {
      return switch (type) {
        case JPEG, PNG, WEBP, BMP, GIF -> new Image(ImageSize.of(bytes.head()));
        case TIFF -> new Image(Tiff.size(bytes));
        case HEIC, HEIF -> new Image(Heif.size(bytes));
        case MP4, MOV -> Movie.read(bytes).<MediaFacts>map(video -> video).orElse(MediaFacts.NONE);
        case WAV -> new Audio(Wav.length(bytes));
        case MP3 -> new Audio(Mp3.length(bytes));
        default -> MediaFacts.NONE;
      };
    } catch (FileBytes.OutOfBounds notSaid) {
      return type.medium().map(MediaFacts::unknown).orElse(MediaFacts.NONE);
    }
  }

  /** Empty where the file is not as long as it was. */
  private static Optional<String> sha256(FileBytes.Content content, long size) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    long read = 0;
    while (read <= size && content.read(buffer.clear(), read) > 0) {
      read += buffer.flip().remaining();
      digest.update(buffer);
    }
    return read == size ? Optional.of(HexFormat.of().formatHex(digest.digest())) : Optional.empty();
  }
}
