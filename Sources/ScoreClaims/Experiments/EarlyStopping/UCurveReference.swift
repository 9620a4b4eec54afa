/// Training loss and excess of descent on the kernel by another program, at the standard values.
enum UCurveReference {
  struct Row {
    var step: Int
    var training: Double
    var trainingError: Double
    var excess: Double
    var excessError: Double
  }

  static let points = 100
  static let time = 0.5

  static let source =
    "numpy 2.4.6: eigh of the Gram matrix of 100 points, 2,000 data sets of its own, excess by 2,401 "
    + "points of quadrature; the largest of both over the steps"

  /// Means over data sets with their standard errors.
  static let rows = [
    Row(1, 0.618_198, 0.001_660, 0.029_914_5, 0.000_415_8),
    Row(2, 0.603_748, 0.001_670, 0.017_951_4, 0.000_245_9),
    Row(5, 0.595_641, 0.001_700, 0.017_130_2, 0.000_235_0),
    Row(10, 0.587_741, 0.001_730, 0.017_749_2, 0.000_267_5),
    Row(50, 0.558_653, 0.001_746, 0.024_139_5, 0.000_359_5),
    Row(200, 0.513_149, 0.001_647, 0.044_103_4, 0.000_513_4),
    Row(1000, 0.414_955, 0.001_439, 0.094_112_9, 0.000_815_3),
    Row(10_000, 0.183_406, 0.000_902, 0.245_700, 0.001_369),
    Row(1_000_000, 0.002_964_1, 0.000_118_4, 0.403_876, 0.001_617),
  ]
}

extension UCurveReference.Row {
  fileprivate init(
    _ step: Int, _ training: Double, _ trainingError: Double, _ excess: Double,
    _ excessError: Double
  ) {
    self.init(
      step: step, training: training, trainingError: trainingError, excess: excess,
      excessError: excessError)
  }
}
