import ScoreCore
import ScoreLab
import ScoreTables

extension CreditDefaultPlan {
  /// All that is measured of the rows of one maker; NaN where rows or classes are missing.
  struct Judged: Codable, Sendable {
    /// A number with the ends of its null's middle 95 %.
    struct Band: Codable, Sendable {
      var value = Double.nan
      var lower = Double.nan
      var upper = Double.nan

      init() {}
      init(_ band: NullBand) {
        (value, lower, upper) = (band.value, band.band.lowerBound, band.band.upperBound)
      }
    }

    /// The loss of the network at held-out rows, over that of predicting the mean.
    var loss: Double?
    /// How many rows were made, and the share of those looked at that are training rows.
    var rowCount = 0
    var copies = Double.nan
    var columns = Band()
    var pairs = Band()
    /// AUC of telling rows from held-out ones.
    var logisticTwoSample = Band()
    var forestTwoSample = Band()
    var nearest = Band()
    var attack = Band()
    var density = Double.nan
    var coverage = Double.nan
    /// F1, AUC and accuracy on held-out rows of models of the target that learn from the rows.
    var logistic = [Double](repeating: .nan, count: 3)
    var forest = [Double](repeating: .nan, count: 3)

    /// Rows that are not finite, so that nothing is known of them.
    init(loss: Double?) { self.loss = loss }

    init(_ rows: Table, loss: Double?, data: CreditData, target: Int) {
      self.loss = loss
      rowCount = rows.rowCount
      let judged = JudgedRows(
        rows, by: "", split: data.split, encoding: data.encoding, target: target, seed: data.seed)
      copies = judged.copies
      columns = Band(judged.comparison.columnMean)
      pairs = judged.comparison.pairMean.map { Band($0) } ?? Band()
      nearest = Band(judged.privacy.nearestIsTrained)
      attack = Band(judged.privacy.attack)
      (density, coverage) = (judged.density.density, judged.density.coverage)
      (logisticTwoSample, forestTwoSample) = (
        Band(judged.apart.logistic.auc), Band(judged.apart.forest.auc)
      )
      if let learned = judged.target {
        logistic = Self.numbers(learned.logistic)
        forest = Self.numbers(learned.forest)
      }
    }

    private static func numbers(_ scores: ClassScores) -> [Double] {
      [scores.f1, scores.auc ?? .nan, scores.accuracy]
    }
  }
}
