package seedance.worker.dev.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A clip's pictures as ffmpeg decodes them.
 *
 * @param pictures 4:2:0, the planes one after another
 */
public record Frames(List<byte[]> pictures) {
  private static final Pattern SIZE = Pattern.compile("^YUV4MPEG2 W(\\d+) H(\\d+) ");

  /** A prime, so that no row or cell is left out. */
  private static final int EVERY = 17;

  /** Decodes a clip. */
  public static Frames of(Path clip) throws IOException, InterruptedException {
    Path decoded = Files.createTempFile("frames", ".y4m");
    try {
      FfProbe.run(
          "ffmpeg",
          "-v",
          "error",
          "-y",
          "-i",
          clip,
          "-fps_mode",
          "passthrough",
          "-pix_fmt",
          "yuv420p",
          "-f",
          "yuv4mpegpipe",
          decoded);
      return read(ByteBuffer.wrap(Files.readAllBytes(decoded)));
    } finally {
      Files.delete(decoded);
    }
  }

  /** A line with the size, then each picture after a line of its own. */
  private static Frames read(ByteBuffer y4m) {
    Matcher header = SIZE.matcher(line(y4m));
    if (!header.find()) {
      throw new AssertionError("no YUV4MPEG2");
    }
    int width = Integer.parseInt(header.group(1));
    int height = Integer.parseInt(header.group(2));
    int size = width * height + 2 * ((width + 1) / 2) * ((height + 1) / 2);
    List<byte[]> pictures = new ArrayList<>();
    while (y4m.hasRemaining()) {
      line(y4m);
      byte[] picture = new byte[size];
      y4m.get(picture);
      pictures.add(picture);
    }
    return new Frames(pictures);
  }

  private static String line(ByteBuffer from) {
    StringBuilder line = new StringBuilder();
    for (byte next = from.get(); next != '\n'; next = from.get()) {
      line.append((char) next);
    }
    return line.toString();
  }

  public byte[] first() {
    return pictures.get(0);
  }

  public byte[] last() {
    return pictures.get(pictures.size() - 1);
  }

  public List<byte[]> firstOnes(int count) {
    return pictures.subList(0, count);
  }

  public List<byte[]> lastOnes(int count) {
    return pictures.subList(pictures.size() - count, pictures.size());
  }

  /** The greatest difference of a sample, of 255. */
  public static int difference(byte[] one, byte[] other) {
    if (one.length != other.length) {
      throw new AssertionError("pictures of different sizes");
    }
    int greatest = 0;
    for (int i = 0; i < one.length; i++) {
      greatest = Math.max(greatest, Math.abs((one[i] & 0xff) - (other[i] & 0xff)));
    }
    return greatest;
  }

  /** The mean difference of a sample; of one in 17 of them, which are tens of thousands. */
  public static double meanDifference(byte[] one, byte[] other) {
    long sum = 0;
    int samples = 0;
    for (int i = 0; i < one.length; i += EVERY) {
      sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
      samples++;
    }
    return (double) sum / samples;
  }
}
