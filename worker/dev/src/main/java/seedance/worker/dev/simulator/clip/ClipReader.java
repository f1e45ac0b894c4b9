package seedance.worker.dev.simulator.clip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jcodec.codecs.h264.H264Decoder;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.decode.DeblockerInput;
import org.jcodec.codecs.h264.decode.FrameReader;
import org.jcodec.codecs.h264.decode.SliceDecoder;
import org.jcodec.codecs.h264.decode.SliceReader;
import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.common.Codec;
import org.jcodec.common.DemuxerTrackMeta;
import org.jcodec.common.IntObjectMap;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Packet;
import org.jcodec.containers.mp4.demuxer.AbstractMP4DemuxerTrack;
import org.jcodec.containers.mp4.demuxer.MP4Demuxer;

/**
 * Reads the length and the tail of MP4 and QuickTime files.
 *
 * <p>Only key frames are decoded: every picture of the simulator's own clips is one, and of another
 * clip the nearest before stands for those that are not. A key frame needs no other, and without
 * the smoothing of borders a flat cell comes out as it went in. jcodec's whole decoder would also
 * start threads that never end.
 */
public final class ClipReader {

  /** The greatest picture of any level, in macroblocks (table A-1 of ITU-T H.264). */
  private static final int MOST_CELLS = 139_264;

  private ClipReader() {}

  /**
   * Reads a file.
   *
   * @return its tail is empty if it is not H.264, or not such as jcodec decodes
   * @throws IOException if it is not MP4 or QuickTime, or holds no video
   */
  public static SourceClip read(byte[] file) throws IOException {
    try (MP4Demuxer demuxer =
        MP4Demuxer.createMP4Demuxer(
            ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(file)))) {
      if (!(demuxer.getVideoTrack() instanceof AbstractMP4DemuxerTrack track)) {
        throw new IOException("there is no video in the file");
      }
      DemuxerTrackMeta facts = track.getMeta();
      if (!(facts.getTotalDuration() > 0) || facts.getTotalFrames() <= 0) {
        throw new IOException("there are no pictures in the file");
      }
      Duration length = Duration.ofMillis(Math.round(facts.getTotalDuration() * 1000));
      return new SourceClip(length, facts.getCodec() == Codec.H264 ? tail(track) : List.of());
    } catch (RuntimeException e) {
      // What jcodec throws for boxes that make no sense.
      throw new IOException("the file cannot be read as MP4 or QuickTime", e);
    }
  }

  private static List<Picture> tail(AbstractMP4DemuxerTrack track) {
    DemuxerTrackMeta facts = track.getMeta();
    int frames = facts.getTotalFrames();
    double step = frames / (facts.getTotalDuration() * Reel.PICTURES_PER_SECOND);
    List<Picture> tail = new ArrayList<>();
    int decoded = -1;
    try {
      for (int before = SourceClip.PICTURES_OF_TAIL - 1; before >= 0; before--) {
        int frame = keyFrame(facts, frames - 1 - (int) Math.round(before * step));
        tail.add(frame == decoded ? tail.get(tail.size() - 1) : decode(track, frame));
        decoded = frame;
      }
      return tail;
    } catch (IOException | RuntimeException e) {
      // jcodec does not decode every kind of H.264, and says so in many ways.
      return List.of();
    }
  }

  /** The last key frame up to one that may lie before the start. */
  private static int keyFrame(DemuxerTrackMeta facts, int frame) {
    int[] keys = facts.getSeekFrames();
    int upTo = Math.max(0, frame);
    return keys == null ? upTo : Arrays.stream(keys).filter(key -> key <= upTo).max().orElse(0);
  }

  private static Picture decode(AbstractMP4DemuxerTrack track, int index) throws IOException {
    track.gotoFrame(index);
    Packet packet = track.nextFrame();
    FrameReader reader = new FrameReader();
    ByteBuffer parameterSets = track.getMeta().getCodecPrivate();
    if (parameterSets != null) {
      reader.readFrame(H264Utils.splitFrame(parameterSets));
    }
    List<SliceReader> slices = reader.readFrame(H264Utils.splitFrame(packet.getData()));
    if (slices == null || slices.isEmpty()) {
      throw new IOException("there is no picture in the frame");
    }
    SeqParameterSet sps = slices.get(0).getSliceHeader().sps;
    // jcodec's name for 4:2:0 in an SPS, whatever the range.
    if (sps.chromaFormatIdc != ColorSpace.YUV420J || sps.bitDepthLumaMinus8 > 0) {
      throw new IOException("only 8 bits of 4:2:0 are read");
    }
    long cells = (sps.picWidthInMbsMinus1 + 1L) * SeqParameterSet.getPicHeightInMbs(sps);
    if (cells > MOST_CELLS) {
      throw new IOException("the picture is larger than H.264 allows");
    }
    int room = (int) cells * PictureSize.CELL * PictureSize.CELL;
    DeblockerInput macroblocks = new DeblockerInput(sps);
    Frame frame =
        H264Decoder.createFrame(
            sps,
            new byte[][] {new byte[room], new byte[room / 4], new byte[room / 4]},
            0,
            SliceType.I,
            macroblocks.mvs,
            macroblocks.refsUsed,
            0);
    for (SliceReader slice : slices) {
      new SliceDecoder(sps, new Frame[0], new IntObjectMap<>(), macroblocks, frame)
          .decodeFromReader(slice);
    }
    return new Decoded(frame);
  }

  /** jcodec's samples are signed, with 0 in their middle. */
  private record Decoded(Frame frame) implements Picture {
    private static final int MIDDLE = 128;

    @Override
    public int width() {
      return frame.getCroppedWidth();
    }

    @Override
    public int height() {
      return frame.getCroppedHeight();
    }

    @Override
    public int rgb(int x, int y) {
      int luma = y * frame.getWidth() + x;
      int chroma = y / 2 * (frame.getWidth() / 2) + x / 2;
      return Mosaic.rgb(sample(0, luma), sample(1, chroma), sample(2, chroma));
    }

    private int sample(int plane, int at) {
      return frame.getPlaneData(plane)[at] + MIDDLE;
    }
  }
}
