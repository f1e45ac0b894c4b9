package seedance.client.inputs;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells a file's type by its first bytes, never by its name. */
final class Signature {
  private static final Map<String, InputType> STARTS =
      Map.ofEntries(
          Map.entry("\u00ff\u00d8\u00ff", InputType.JPEG),
          Map.entry("\u0089PNG\r\n\u001a\n", InputType.PNG),
          Map.entry("GIF87a", InputType.GIF),
          Map.entry("GIF89a", InputType.GIF),
          Map.entry("II*\0", InputType.TIFF),
          Map.entry("MM\0*", InputType.TIFF),
          Map.entry("II+\0", InputType.TIFF),
          Map.entry("MM\0+", InputType.TIFF),
          Map.entry("\u001aE\u00df\u00a3", InputType.WEBM),
          Map.entry("OggS", InputType.OGG),
          Map.entry("fLaC", InputType.FLAC),
          Map.entry("%PDF-", InputType.PDF));

  private static final Map<String, InputType> RIFF_FORMS =
      Map.of("WEBP", InputType.WEBP, "WAVE", InputType.WAV, "AVI ", InputType.AVI);

  /** The sizes of the headers that follow a BMP's 14 bytes: "BM" alone begins many a text. */
  private static final Set<Long> BMP_HEADERS = Set.of(12L, 16L, 40L, 52L, 56L, 64L, 108L, 124L);

  private static final Set<String> HEIC_BRANDS = Set.of("heic", "heix", "heim", "heis");
  private static final Set<String> HEIF_BRANDS = Set.of("mif1", "mif2", "msf1", "hevc", "hevx");
  private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");
  private static final Set<String> M4A_BRANDS = Set.of("M4A ", "M4B ", "M4P ");

  /** What a QuickTime file may begin with that has no brands, as in the nineties. */
  private static final Set<String> UNBRANDED =
      Set.of("moov", "mdat", "wide", "free", "skip", "pnot");

  private static final int MOST_BRANDS = 64;

  private Signature() {}

  static InputType of(FileBytes bytes) throws IOException {
    for (Map.Entry<String, InputType> start : STARTS.entrySet()) {
      if (bytes.says(0, start.getKey())) {
        return start.getValue();
      }
    }
    if (bytes.says(0, "RIFF") || bytes.says(0, "RF64")) {
      return RIFF_FORMS.getOrDefault(bytes.word(8, 4), InputType.UNKNOWN);
    }
    if (bytes.says(0, "BM")
        && bytes.has(14, 4)
        && BMP_HEADERS.contains(bytes.u32(14, LITTLE_ENDIAN))) {
      return InputType.BMP;
    }
    String box = bytes.word(4, 4);
    if (box.equals("ftyp") && bytes.has(8, 4)) {
      return branded(bytes);
    }
    if (UNBRANDED.contains(box) && bytes.u32(0, BIG_ENDIAN) < bytes.size() + 1) {
      return InputType.MOV;
    }
    return Mp3.firstFrame(bytes).isPresent() ? InputType.MP3 : adts(bytes);
  }

  private static InputType adts(FileBytes bytes) throws IOException {
    // Twelve bits of ones, and a layer of 0: ISO 13818-7, 6.2.
    return bytes.has(0, 7) && (bytes.u16(0, BIG_ENDIAN) & 0xfff6) == 0xfff0
        ? InputType.AAC
        : InputType.UNKNOWN;
  }

  private static InputType branded(FileBytes bytes) throws IOException {
    String major = bytes.word(8, 4);
    if (AVIF_BRANDS.contains(major)) {
      return InputType.AVIF;
    } else if (HEIC_BRANDS.contains(major)) {
      return InputType.HEIC;
    } else if (HEIF_BRANDS.contains(major)) {
      List<String> others = compatibleBrands(bytes);
      if (others.stream().anyMatch(HEIC_BRANDS::contains)) {
        return InputType.HEIC;
      }
      return others.stream().anyMatch(AVIF_BRANDS::contains) ? InputType.AVIF : InputType.HEIF;
    } else if (M4A_BRANDS.contains(major)) {
      return InputType.M4A;
    }
    return major.equals("qt  ") ? InputType.MOV : InputType.MP4;
  }

  private static List<String> compatibleBrands(FileBytes bytes) throws IOException {
    long end = Math.min(bytes.u32(0, BIG_ENDIAN), bytes.size());
    List<String> brands = new ArrayList<>();
    for (long at = 16; at + 4 <= end && brands.size() < MOST_BRANDS; at += 4) {
      brands.add(bytes.word(at, 4));
    }
    return brands;
  }
}
