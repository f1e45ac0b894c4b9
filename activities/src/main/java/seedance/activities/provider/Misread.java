package seedance.activities.provider;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What UTF-8 looks like that was read in another encoding. Where that takes two bytes for a
 * character, it depends on where the reading began: a quote out of the middle of a text may pair
 * the bytes otherwise than the whole text does.
 */
final class Misread {
  /** Of one text; from then on readings that began at different places have come together. */
  private static final int MOST = 8;

  private final byte[] bytes;
  private final Charset charset;

  /** Where a character begins in one of the readings. */
  private final BitSet known = new BitSet();

  private Misread(byte[] bytes, Charset charset) {
    this.bytes = bytes;
    this.charset = charset;
  }

  /** The text read wrongly from its beginning, and from where that would come out otherwise. */
  static List<String> of(String text, Charset charset) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (charset.newEncoder().maxBytesPerChar() <= 1) {
      return List.of(new String(bytes, charset));
    }
    Misread misread = new Misread(bytes, charset);
    List<String> readings = new ArrayList<>();
    for (int at = 0; at < bytes.length && readings.size() < MOST; at++) {
      if (beginsACharacter(bytes[at]) && !misread.known.get(at)) {
        readings.add(misread.from(at));
      }
    }
    return readings;
  }

  private static boolean beginsACharacter(byte utf8) {
    return (utf8 & 0xC0) != 0x80;
  }

  private String from(int start) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    StringBuilder text = new StringBuilder();
    ByteBuffer left = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer one = CharBuffer.allocate(1);
    while (left.hasRemaining()) {
      known.set(left.position());
      CoderResult result = decoder.decode(left, one.clear(), true);
      if (result.isError()) {
        text.append('\ufffd');
        left.position(left.position() + result.length());
        decoder.reset();
      } else if (one.position() == 0) {
        break;
      }
      text.append(one.flip());
    }
    return text.toString();
  }
}
