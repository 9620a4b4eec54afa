import ScoreCore

extension ReLUERMRun {
  /// All are claims: a network could have gone on in any way beyond its data.
  func checks(_ summaries: [Summary]) -> [Check] {
    let found = outcomes.count == bench.repeats ? summaries : []
    let (none, one, many) = (found.first, found.dropFirst().first, found.last)
    // Networks of one training set share their near samples, so they are compared one by one.
    func ratios(_ above: Summary?, _ below: Summary?, _ value: (Summary) -> [Double]) -> [Double]? {
      guard let above, let below else { return nil }
      return zip(value(above), value(below)).map { $0 / $1 }
    }
    let largest =
      found.isEmpty
      ? nil : outcomes.map { ($0.map(\.quantile).max() ?? .nan) / setting.separation }
    return [
      .medianClaim(
        "far_error", "L2^2 / (eta R_t^2) without a far sample", none?.squares, .atLeast(0.25),
        "a straight line from the near part with a slope of at least 1/2 in size"),
      .medianClaim(
        "far_error_bound", "L2^2 / (eta R_t^2) without a far sample, from above", none?.squares,
        .atMost(4), "a slope of at most 2 in size"),
      .medianClaim(
        "near_share", "the near part's share of L2^2 without a far sample",
        none.map { zip($0.near, $0.squares).map { $0 / $1 } }, .atMost(0.1),
        "all of the error is in the far part, to a tenth"),
      .medianClaim(
        "one_far_sample", "L2^2 with one far sample over that without",
        ratios(one, none, \.squares), .atMost(0.2),
        "what is left is the near part's statistical error, and the far sample's noise"),
      .medianClaim(
        "ten_far_samples", "L2^2 with 10 far samples over that without",
        ratios(many, none, \.squares), .atMost(0.2),
        "what is left is the near part's statistical error"),
      .medianClaim(
        "quantile_error", "largest D_delta / R_t of a training set's networks", largest,
        .atMost(0.1),
        "an error of R_t in the far part has a weight below delta"),
      .medianClaim(
        "quantile_ratio", "D_delta without a far sample over that with 10",
        ratios(none, many, \.quantiles), .atMost(2),
        "D_delta sees the near part alone, which is the same"),
    ]
  }
}
