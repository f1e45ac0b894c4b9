package seedance.worker.dev.simulator.clip;

import java.nio.ByteBuffer;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.NALUnitType;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.RefPicMarkingIDR;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.codecs.h264.io.write.CAVLCWriter;
import org.jcodec.codecs.h264.io.write.SliceHeaderWriter;
import org.jcodec.common.io.BitWriter;
import org.jcodec.common.model.ColorSpace;

/**
 * Codes pictures of flat cells as H.264 key frames.
 *
 * <p>jcodec's own encoder searches for predictions and takes 250 ms for a 720p frame and 650 ms for
 * 4k; a flat macroblock needs no search: it is its neighbour's colour plus one coefficient per
 * component. Everything around the macroblocks is jcodec's. Numbers in comments are clauses and
 * tables of ITU-T H.264.
 */
final class MosaicCoder {

  /** At this quantiser one luma level is one step of brightness, and one chroma level two (8.5). */
  private static final int QUANTISER = 28;

  private static final int MAX_BITS_PER_CELL = 96;

  private static final int PREDICT_FROM_ABOVE = 0;
  private static final int PREDICT_FROM_LEFT = 1;
  private static final int PREDICT_MIDDLE = 2;
  private static final int[] CHROMA_MODE = {2, 1, 0};
  private static final int MIDDLE = 128;

  private final PictureSize size;
  private final SeqParameterSet sps = new SeqParameterSet();
  private final PictureParameterSet pps = new PictureParameterSet();

  MosaicCoder(PictureSize size) {
    this.size = size;
    int cells = size.columns() * size.rows();
    sps.profileIdc = 66;
    sps.levelIdc = cells <= 8192 ? 40 : cells <= 22080 ? 50 : 51;
    sps.chromaFormatIdc = ColorSpace.YUV420;
    sps.frameMbsOnlyFlag = true;
    sps.numRefFrames = 1;
    sps.picWidthInMbsMinus1 = size.columns() - 1;
    sps.picHeightInMapUnitsMinus1 = size.rows() - 1;
    sps.frameCropRightOffset = (size.columns() * PictureSize.CELL - size.width()) / 2;
    sps.frameCropBottomOffset = (size.rows() * PictureSize.CELL - size.height()) / 2;
    sps.frameCroppingFlag = sps.frameCropRightOffset > 0 || sps.frameCropBottomOffset > 0;
    pps.picInitQpMinus26 = QUANTISER - 26;
  }

  /**
   * Codes one key frame, parameter sets first, in byte stream form (annex B).
   *
   * @param index the frame's place in the clip: neighbouring key frames must bear different numbers
   */
  ByteBuffer code(Mosaic picture, int index) {
    int cells = size.columns() * size.rows();
    BitWriter slice = new BitWriter(ByteBuffer.allocate(256 + cells * MAX_BITS_PER_CELL / 8));
    SliceHeader header = new SliceHeader();
    header.sliceType = SliceType.I;
    header.sps = sps;
    header.pps = pps;
    header.idrPicId = index & 1;
    header.refPicMarkingIDR = new RefPicMarkingIDR(false, false);
    SliceHeaderWriter.write(header, true, 3, slice);
    Cells written = new Cells();
    for (int row = 0; row < size.rows(); row++) {
      for (int column = 0; column < size.columns(); column++) {
        written.write(slice, picture, column, row);
      }
    }
    slice.write1Bit(1);
    slice.flush();
    ByteBuffer coded = slice.getBuffer();
    coded.flip();

    ByteBuffer spsBytes = ByteBuffer.allocate(128);
    sps.write(spsBytes);
    spsBytes.flip();
    ByteBuffer ppsBytes = ByteBuffer.allocate(128);
    pps.write(ppsBytes);
    ppsBytes.flip();
    // An escape byte at most every two bytes.
    ByteBuffer frame = ByteBuffer.allocate(512 + coded.remaining() * 3 / 2);
    unit(frame, NALUnitType.SPS, spsBytes);
    unit(frame, NALUnitType.PPS, ppsBytes);
    unit(frame, NALUnitType.IDR_SLICE, coded);
    frame.flip();
    return frame;
  }

  private static void unit(ByteBuffer frame, NALUnitType type, ByteBuffer payload) {
    frame.putInt(1);
    new NALUnit(type, 3).write(frame);
    H264Utils.escapeNAL(payload, frame);
  }

  /** The colours that a decoder has so far, where the next cell needs them for its prediction. */
  private static final class Cells {
    private final int[] previous = new int[3];
    private final int[] rowStart = new int[3];

    void write(BitWriter out, Mosaic picture, int column, int row) {
      int mode = column > 0 ? PREDICT_FROM_LEFT : row > 0 ? PREDICT_FROM_ABOVE : PREDICT_MIDDLE;
      int luma = picture.luma(column, row) - predicted(mode, 0);
      int blue = halved(picture.blue(column, row) - predicted(mode, 1));
      int red = halved(picture.red(column, row) - predicted(mode, 2));
      boolean chroma = blue != 0 || red != 0;

      CAVLCWriter.writeUE(out, 1 + mode + (chroma ? 4 : 0)); // mb_type, table 7-11
      CAVLCWriter.writeUE(out, CHROMA_MODE[mode]); // intra_chroma_pred_mode, table 7-16
      CAVLCWriter.writeSE(out, 0); // mb_qp_delta
      lumaLevel(out, luma);
      if (chroma) {
        chromaLevel(out, blue);
        chromaLevel(out, red);
      }
      decoded(mode, 0, luma);
      decoded(mode, 1, 2 * blue);
      decoded(mode, 2, 2 * red);
      if (column == 0) {
        System.arraycopy(previous, 0, rowStart, 0, 3);
      }
    }

    private int predicted(int mode, int component) {
      return switch (mode) {
        case PREDICT_FROM_LEFT -> previous[component];
        case PREDICT_FROM_ABOVE -> rowStart[component];
        default -> MIDDLE;
      };
    }

    private void decoded(int mode, int component, int difference) {
      previous[component] = predicted(mode, component) + difference;
    }

    private static int halved(int difference) {
      return difference / 2;
    }
  }

  /** The luma DC block: no or one coefficient, the first (9.2, tables 9-5 with nC 0 and 9-7). */
  private static void lumaLevel(BitWriter out, int level) {
    if (level == 0) {
      out.write1Bit(1);
    } else if (Math.abs(level) == 1) {
      out.writeNBit(0b01, 2);
      out.write1Bit(level < 0 ? 1 : 0);
      out.write1Bit(1);
    } else {
      out.writeNBit(0b000101, 6);
      largeLevel(out, level);
      out.write1Bit(1);
    }
  }

  /** A chroma DC block: no or one coefficient, the first (tables 9-5 with nC -1 and 9-9). */
  private static void chromaLevel(BitWriter out, int level) {
    if (level == 0) {
      out.writeNBit(0b01, 2);
    } else if (Math.abs(level) == 1) {
      out.write1Bit(1);
      out.write1Bit(level < 0 ? 1 : 0);
      out.write1Bit(1);
    } else {
      out.writeNBit(0b000111, 6);
      largeLevel(out, level);
      out.write1Bit(1);
    }
  }

  /** A level of at least two, either sign (9.2.2.1, suffixLength 0, no trailing ones). */
  private static void largeLevel(BitWriter out, int level) {
    int code = 2 * (Math.abs(level) - 2) + (level < 0 ? 1 : 0);
    if (code < 14) {
      out.writeNBit(1, code + 1);
    } else if (code < 30) {
      out.writeNBit(1, 15);
      out.writeNBit(code - 14, 4);
    } else {
      out.writeNBit(1, 16);
      out.writeNBit(code - 30, 12);
    }
  }
}
