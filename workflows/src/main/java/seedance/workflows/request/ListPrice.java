package seedance.workflows.request;

import java.math.BigDecimal;
import java.util.Optional;

/** Finds the row of a model's price list that holds for a request. */
final class ListPrice {
  private static final String FLEX = "flex";

  private ListPrice() {}

  /**
   * Returns the price; empty where none is known.
   *
   * @param resolution of the request; empty where it is not known
   * @param source the request that names the inputs: a final's draft where that is known, else the
   *     request itself
   */
  static Optional<Price> of(
      Model model, Optional<String> resolution, VideoRequest request, VideoRequest source) {
    if (model.prices().isEmpty()) {
      return Optional.empty();
    }
    Model.Prices prices = model.prices().get();
    for (Model.PriceRow row : prices.rows()) {
      if (row.resolutions().isEmpty()
          || resolution.filter(row.resolutions()::contains).isPresent()) {
        StringBuilder basis = new StringBuilder("list price of " + model.id());
        resolution.ifPresent(name -> basis.append(", ").append(name));
        return amount(prices, row, request, source, basis)
            .map(amount -> new Price(amount, prices.currency(), basis.toString()));
      } else if (resolution.isEmpty()) {
        break; // this row might be the one
      }
    }
    return Optional.empty();
  }

  private static Optional<BigDecimal> amount(
      Model.Prices prices,
      Model.PriceRow row,
      VideoRequest request,
      VideoRequest source,
      StringBuilder basis) {
    boolean isFinal = source.mode() instanceof GenerationMode.FinalOfDraft;
    BigDecimal amount = row.amount();
    if (row.withInputVideo().isPresent()) {
      if (isFinal) {
        return Optional.empty();
      }
      boolean video =
          source.mode() instanceof GenerationMode.Reference reference
              && !reference.videos().isEmpty();
      amount = video ? row.withInputVideo().get() : amount;
      basis.append(video ? ", with input video" : ", without input video");
    }
    if (row.silent().isPresent()) {
      Optional<Boolean> audio =
          request.settings().generateAudio().or(() -> source.settings().generateAudio());
      if (isFinal && audio.isEmpty()) {
        return Optional.empty();
      }
      amount = audio.orElse(true) ? amount : row.silent().get();
      basis.append(audio.orElse(true) ? ", with audio" : ", silent");
    }
    if (isFlex(request)) {
      amount = amount.multiply(prices.flexFactor());
      basis.append(", flex");
    }
    return Optional.of(amount);
  }

  static boolean isFlex(VideoRequest request) {
    return request.settings().serviceTier().filter(FLEX::equals).isPresent();
  }
}
