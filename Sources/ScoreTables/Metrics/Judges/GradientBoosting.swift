import CXGBoost
import ScoreCore

/// Trees that each correct the sum of those before, by the library XGBoost.
///
/// The settings are the standard ones of its Python class XGBClassifier: 100 rounds, learning rate 0.3,
/// depth 6, lambda 1, all rows and all coordinates; cuts by histograms of 256 bins. Nothing is random, and
/// one thread keeps the order of all sums.
///
/// Source: Chen and Guestrin 2016, "XGBoost: A Scalable Tree Boosting System", arXiv:1603.02754.
enum GradientBoosting {
  private static let rounds: Int32 = 100

  /// The probability of each class, `[tested][classCount]`.
  ///
  /// - Parameters:
  ///   - x: Rows that are learned from, at least one.
  ///   - classes: Their classes `0..<classCount`.
  ///   - classCount: At least 2.
  ///   - tested: Rows to predict.
  /// - Returns: Nil where the library fails, as for want of memory.
  static func probabilities(
    _ x: Points, _ classes: [Int], classCount: Int, testing tested: Points
  ) -> [[Double]]? {
    let isBinary = classCount == 2
    var settings = ["objective": isBinary ? "binary:logistic" : "multi:softprob"]
    settings["base_score"] = "0.5"
    if !isBinary { settings["num_class"] = "\(classCount)" }
    guard let found = outputs(x, classes.map { Float($0) }, settings, tested) else { return nil }
    if isBinary { return found.map { [1 - $0, $0] } }
    return (0..<tested.count).map { Array(found[$0 * classCount..<($0 + 1) * classCount]) }
  }

  /// The number of each row, `[tested.count]`; nil where the library fails.
  static func numbers(_ x: Points, _ numbers: [Double], testing tested: Points) -> [Double]? {
    // Single precision holds no numbers beyond 1e38, and differences of near ones badly.
    let size = numbers.map { abs($0) }.max() ?? 0
    let unit = size > 0 ? size : 1
    let mean = numbers.reduce(0) { $0 + $1 / unit / Double(numbers.count) }
    let spread = numbers.map { abs($0 / unit - mean) }.max() ?? 0
    guard spread > 0 else { return Array(repeating: mean * unit, count: tested.count) }
    let labels = numbers.map { Float(($0 / unit - mean) / spread) }
    let settings = ["objective": "reg:squarederror", "base_score": "0"]
    return outputs(x, labels, settings, tested)?.map { ($0 * spread + mean) * unit }
  }

  private static func outputs(
    _ x: Points, _ labels: [Float], _ settings: [String: String], _ tested: Points
  ) -> [Double]? {
    guard let trained = matrix(x) else { return nil }
    defer { XGDMatrixFree(trained) }
    guard let asked = matrix(tested) else { return nil }
    defer { XGDMatrixFree(asked) }
    var model: BoosterHandle?
    guard XGDMatrixSetFloatInfo(trained, "label", labels, UInt64(labels.count)) == 0,
      XGBoosterCreate([trained], 1, &model) == 0, let model
    else { return nil }
    defer { XGBoosterFree(model) }
    let fixed = [
      "booster": "gbtree", "tree_method": "hist", "max_bin": "256", "eta": "0.3", "max_depth": "6",
      "lambda": "1", "nthread": "1", "seed": "0", "verbosity": "0",
    ]
    for (name, value) in fixed.merging(settings, uniquingKeysWith: { $1 }).sorted(by: <) {
      guard XGBoosterSetParam(model, name, value) == 0 else { return nil }
    }
    for round in 0..<rounds {
      guard XGBoosterUpdateOneIter(model, round, trained) == 0 else { return nil }
    }
    var count: UInt64 = 0
    var values: UnsafePointer<Float>?
    guard XGBoosterPredict(model, asked, 0, 0, 0, &count, &values) == 0, let values else {
      return nil
    }
    // They belong to the model and go with it.
    return (0..<Int(count)).map { Double(values[$0]) }
  }

  /// Rows in single precision; what is beyond it is the largest there is.
  private static func matrix(_ x: Points) -> DMatrixHandle? {
    let most = Double(Float.greatestFiniteMagnitude)
    let values = x.values.map { Float(min(max($0, -most), most)) }
    var matrix: DMatrixHandle?
    let status = XGDMatrixCreateFromMat(
      values, UInt64(x.count), UInt64(x.dimension), .nan, &matrix)
    return status == 0 ? matrix : nil
  }
}
