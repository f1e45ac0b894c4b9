package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Artifact;

/**
 * What a file turns out to be while its bytes stream by: its size, its hash, its form. It keeps
 * none of them, so that a store need not either.
 */
public final class Arrival {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Artifact.Kind kind;
  private final long largest;
  private final MessageDigest sha256 = Sha256.digest();
  private final byte[] head = new byte[MediaType.SNIFFED_BYTES];
  private long bytes;
  private @Nullable MediaType type;
  private @Nullable FormWalk walk;

  /**
   * @param kind what the file has to be
   * @param largest how many bytes it may have at most
   */
  public Arrival(Artifact.Kind kind, long largest) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.largest = largest;
  }

  /**
   * Takes the next bytes.
   *
   * @throws BrokenDownloadException as soon as the file cannot be one of its kind
   * @throws FileTooLargeException when it is larger than it may be
   */
  public void take(byte[] from, int offset, int length) throws IOException {
    if (length > largest - bytes) {
      throw new FileTooLargeException();
    }
    sha256.update(from, offset, length);
    int forHead = (int) Math.min(length, Math.max(0, head.length - bytes));
    System.arraycopy(from, offset, head, (int) Math.min(bytes, head.length), forHead);
    bytes += length;
    if (walk == null && bytes >= head.length) {
      type = type(head);
      walk = type.walk(largest);
      walk.take(head, 0, head.length);
    }
    if (walk != null) {
      walk.take(from, offset + forHead, length - forHead);
    }
  }

  /**
   * Takes all that a stream has left.
   *
   * @throws IOException as {@link #take}, or when it cannot be read
   */
  public void takeAll(InputStream content) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
      take(buffer, 0, read);
    }
  }

  /** What its first bytes say it is; empty until they are there. */
  public Optional<MediaType> type() {
    return Optional.ofNullable(type);
  }

  /** How many bytes came so far. */
  public long bytes() {
    return bytes;
  }

  /** The SHA-256 of what came so far, in lower-case hex. */
  public String sha256() {
    try {
      return Sha256.of((MessageDigest) sha256.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  /**
   * The type of the file, which ends here.
   *
   * @param size how many bytes it has, as its host says; empty where that is not said
   * @throws BrokenDownloadException when it is not whole
   */
  public MediaType whole(OptionalLong size) throws BrokenDownloadException {
    if (size.isPresent() && size.getAsLong() != bytes) {
      throw new BrokenDownloadException("%d of %d bytes came".formatted(bytes, size.getAsLong()));
    }
    if (walk == null || type == null) {
      type(Arrays.copyOf(head, (int) bytes));
      throw new BrokenDownloadException("what came breaks off at its beginning");
    }
    Optional<String> lack = walk.lack(size.isPresent());
    if (lack.isPresent()) {
      throw new BrokenDownloadException("what came " + lack.get());
    }
    return type;
  }

  private MediaType type(byte[] head) throws BrokenDownloadException {
    MediaType found = MediaType.sniff(head).orElseThrow(NoMediaFileException::new);
    if (!found.fits(kind)) {
      throw new BrokenDownloadException("what came is " + found.mimeType());
    }
    return found;
  }
}
