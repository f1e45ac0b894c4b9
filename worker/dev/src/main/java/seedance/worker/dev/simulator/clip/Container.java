package seedance.worker.dev.simulator.clip;

import org.jcodec.containers.mp4.Brand;

/** The file format of a clip. */
public enum Container {
  /** ISO MP4, the service's default. */
  MP4("mp4", "video/mp4", Brand.MP4),
  /** QuickTime, which Seedance 2.5 offers as {@code output_format: "mov"}. */
  MOV("mov", "video/quicktime", Brand.MOV);

  private final String extension;
  private final String mediaType;
  private final Brand brand;

  Container(String extension, String mediaType, Brand brand) {
    this.extension = extension;
    this.mediaType = mediaType;
    this.brand = brand;
  }

  /** The file name's ending, without a dot. */
  public String extension() {
    return extension;
  }

  /** The media type of the file. */
  public String mediaType() {
    return mediaType;
  }

  Brand brand() {
    return brand;
  }
}
