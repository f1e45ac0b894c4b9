package seedance.client.inputs;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A box of MP4, QuickTime and HEIF files: ISO 14496-12, 4.2.
 *
 * @param from where its content begins
 * @param to where it ends, at most where the box around it does
 */
record Box(FileBytes bytes, String type, long from, long to) {
  /** More than any file has of one kind that is looked for here. */
  private static final int MOST_OF_A_KIND = 4_096;

  private static final int HEADER = 8;

  static Box whole(FileBytes bytes) {
    return new Box(bytes, "", 0, bytes.size());
  }

  /** Returns the first box of a type within this one, or at the end of a path of types. */
  Optional<Box> first(String... path) throws IOException {
    Optional<Box> at = Optional.of(this);
    for (String type : path) {
      at = at.isPresent() ? at.get().inner(type, 1).stream().findFirst() : at;
    }
    return at;
  }

  /** Returns the boxes of a type within this one. */
  List<Box> all(String wanted) throws IOException {
    return inner(wanted, MOST_OF_A_KIND);
  }

  /** Returns all boxes within this one. */
  List<Box> all() throws IOException {
    return inner("", MOST_OF_A_KIND);
  }

  /** This without so many bytes at its start. */
  Box after(int count) {
    return new Box(bytes, type, Math.min(to, from + count), to);
  }

  private List<Box> inner(String wanted, int most) throws IOException {
    List<Box> found = new ArrayList<>();
    long at = from;
    while (at <= to - HEADER && found.size() < most) {
      long size = bytes.u32(at, BIG_ENDIAN);
      int header = HEADER;
      if (size == 1) {
        size = bytes.i64(at + HEADER, BIG_ENDIAN);
        header += 8;
      } else if (size == 0) {
        size = to - at; // goes to the end
      }
      if (size < header) {
        break;
      }
      String type = bytes.word(at + 4, 4);
      long end = size > to - at ? to : at + size;
      if (wanted.isEmpty() || type.equals(wanted)) {
        found.add(new Box(bytes, type, Math.min(end, at + header), end));
      }
      at = end;
    }
    return found;
  }

  /** The version of a full box: its first byte. */
  int version() throws IOException {
    return u8(0);
  }

  int u8(long at) throws IOException {
    return bytes.u8(inside(at, 1));
  }

  int u16(long at) throws IOException {
    return bytes.u16(inside(at, 2), BIG_ENDIAN);
  }

  int i32(long at) throws IOException {
    return bytes.i32(inside(at, 4), BIG_ENDIAN);
  }

  long u32(long at) throws IOException {
    return bytes.u32(inside(at, 4), BIG_ENDIAN);
  }

  long i64(long at) throws IOException {
    return bytes.i64(inside(at, 8), BIG_ENDIAN);
  }

  String word(long at) throws IOException {
    return bytes.word(inside(at, 4), 4);
  }

  private long inside(long at, int count) throws IOException {
    if (from + at + count > to) {
      throw new FileBytes.OutOfBounds("the box ends before");
    }
    return from + at;
  }

  long length() {
    return to - from;
  }
}
