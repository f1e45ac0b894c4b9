package seedance.activities.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Walks the boxes of an MP4 (ISO/IEC 14496-12, 4.2), which QuickTime calls atoms: {@code ftyp}
 * first if there is one, {@code moov} and {@code mdat} whole, sizes that add up. Inside {@code
 * moov} it goes down to the sample tables and asks for a track. The file may be fragmented.
 *
 * <p>It holds a head of 16 bytes and one end for each level, whatever the file says.
 */
final class BoxWalk implements FormWalk {
  /** Brands only; the longest that is seen has some twenty of them. */
  private static final long LONGEST_FTYP = 4096;

  /** A fragmented clip of a minute has a few thousand. */
  private static final int MOST_BOXES = 100_000;

  private static final int SHORT_HEAD = 8;
  private static final int LONG_HEAD = 16;
  private static final long LONG_SIZE_FOLLOWS = 1;
  private static final long TO_THE_END = 0;

  /** The boxes that are gone into, by the one that they are in; "" is the file. */
  private static final Map<String, String> PARENT_OF =
      Map.of("moov", "", "trak", "moov", "mdia", "trak", "minf", "mdia", "stbl", "minf");

  private final long longest;
  private final byte[] head = new byte[LONG_HEAD];
  private final long[] ends = new long[PARENT_OF.size()];
  private final String[] names = new String[PARENT_OF.size()];
  private int headBytes;
  private int headLength = SHORT_HEAD;
  private long at;
  private long passedOverUntil;
  private int depth;
  private int boxes;
  private boolean hasOpenEnd;
  private boolean hasMoov;
  private boolean hasTrack;
  private boolean hasMedia;
  private boolean hasFragments;

  /**
   * @param longest how many bytes the file has at most; no box may say that it has more
   */
  BoxWalk(long longest) {
    this.longest = longest;
  }

  @Override
  public void take(byte[] bytes, int offset, int length) throws IOException {
    int next = offset;
    int end = offset + length;
    while (next < end) {
      if (at < passedOverUntil) {
        int passed = (int) Math.min(end - next, passedOverUntil - at);
        next += passed;
        at += passed;
        leaveWhatEndsHere();
      } else {
        head[headBytes++] = bytes[next++];
        at++;
        if (headBytes == headLength) {
          enter();
        }
      }
    }
  }

  private void enter() throws IOException {
    long size = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt());
    if (size == LONG_SIZE_FOLLOWS) {
      if (headBytes == SHORT_HEAD) {
        headLength = LONG_HEAD;
        return;
      }
      size = ByteBuffer.wrap(head).getLong(SHORT_HEAD);
      require(size >= LONG_HEAD, "has a box of an impossible size");
    }
    long start = at - headBytes;
    headBytes = 0;
    headLength = SHORT_HEAD;
    boolean isOpen = size == TO_THE_END;
    require(++boxes <= MOST_BOXES, "has too many boxes");
    require(!isOpen || depth == 0, "has an open box inside another");
    require(isOpen || size >= SHORT_HEAD, "has a box of an impossible size");
    String type = type();
    if (start == 0 && type.equals("ftyp") && (size > LONGEST_FTYP || isOpen)) {
      throw new NoMediaFileException();
    }
    require(
        depth == 0 || size <= ends[depth - 1] - start,
        "has a box that is larger than what it is in");
    if (size > longest - start) {
      throw new FileTooLargeException();
    }
    hasOpenEnd |= isOpen;
    long end = isOpen ? longest : start + size;
    note(type, end > at);
    if (isContainer(type)) {
      names[depth] = type;
      ends[depth] = end;
      depth++;
    } else {
      passedOverUntil = end;
    }
    leaveWhatEndsHere();
  }

  private String type() throws BrokenDownloadException {
    for (int i = 4; i < SHORT_HEAD; i++) {
      require(head[i] >= ' ' && head[i] <= '~', "has a box of no type");
    }
    return new String(head, 4, 4, StandardCharsets.US_ASCII);
  }

  private boolean isContainer(String type) {
    return (depth == 0 ? "" : names[depth - 1]).equals(PARENT_OF.get(type));
  }

  private void note(String type, boolean hasContent) {
    if (depth == 0) {
      hasMoov |= type.equals("moov");
      hasMedia |= type.equals("mdat") && hasContent;
      hasFragments |= type.equals("moof");
    } else if (depth == 1) {
      // A compressed movie of QuickTime has its tracks in there.
      hasTrack |= type.equals("trak") || type.equals("cmov");
    }
  }

  private void leaveWhatEndsHere() {
    while (depth > 0 && at == ends[depth - 1] && !(hasOpenEnd && depth == 1)) {
      depth--;
    }
    if (depth > 0 && at >= passedOverUntil && ends[depth - 1] - at < SHORT_HEAD) {
      // QuickTime may end a list of atoms with four zeros.
      passedOverUntil = ends[depth - 1];
    }
  }

  @Override
  public Optional<String> lack(boolean endIsKnown) {
    boolean isInOpenMedia = hasOpenEnd && depth == 0;
    boolean isBetweenBoxes = headBytes == 0 && (at >= passedOverUntil || isInOpenMedia);
    if (!isBetweenBoxes || depth > (hasOpenEnd ? 1 : 0)) {
      return Optional.of("breaks off inside a box");
    }
    if ((hasOpenEnd || hasFragments) && !endIsKnown) {
      return Optional.of("may break off: neither it nor its host says where it ends");
    }
    if (!hasMoov || !hasTrack) {
      return Optional.of(hasMoov ? "has no track" : "has no moov box");
    }
    return hasMedia ? Optional.empty() : Optional.of("has no mdat box");
  }

  private static void require(boolean isSo, String otherwise) throws BrokenDownloadException {
    if (!isSo) {
      throw new BrokenDownloadException("what came " + otherwise);
    }
  }
}
