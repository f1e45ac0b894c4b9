package seedance.worker.dev.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A clip's pictures as ffmpeg decodes them.
 *
 * @param pictures 4:2:0, the planes one after another
 */
public record Frames(List<byte[]> pictures) {

  /** Decodes a clip. */
  public static Frames of(Path clip) throws IOException, InterruptedException {
    Path raw = Files.createTempFile("frames", ".yuv");
    try {
      int width = FfProbe.probe(clip).at("/streams/0/width").asInt();
      int height = FfProbe.probe(clip).at("/streams/0/height").asInt();
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
          "rawvideo",
          raw);
      byte[] all = Files.readAllBytes(raw);
      int size = width * height + 2 * ((width + 1) / 2) * ((height + 1) / 2);
      List<byte[]> pictures = new ArrayList<>();
      for (int at = 0; at + size <= all.length; at += size) {
        pictures.add(Arrays.copyOfRange(all, at, at + size));
      }
      return new Frames(pictures);
    } finally {
      Files.delete(raw);
    }
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

  /** The mean difference of a sample. */
  public static double meanDifference(byte[] one, byte[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
    }
    return sum / one.length;
  }
}
