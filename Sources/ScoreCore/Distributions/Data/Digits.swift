import CEmbeddedData

/// 1797 handwritten digits of 8 by 8 pixels, each pixel from 0 to 16.
///
/// The images are centred and divided by one number, as three pixels never change. Which digit an
/// image shows is known too. The distribution is ``SmoothedPoints`` of the scaled
/// images.
///
/// Source: Alpaydin and Kaynak 1998, "Optical Recognition of Handwritten Digits", UCI Machine
/// Learning Repository, doi:10.24432/C50P49 (CC BY 4.0): its test part, which is scikit-learn's
/// `load_digits` row by row.
enum Digits {
  static let count = 1797

  /// One row an image, pixels row by row.
  static let table: DataTable = {
    var byteCount = 0
    let first = sf_digit_pixels(&byteCount)
    let pixels = UnsafeBufferPointer(start: first, count: byteCount)
    precondition(pixels.count == count * 64, "The embedded images are complete.")
    let names = (0..<8).flatMap { row in (0..<8).map { "p\(row)\($0)" } }
    let values = pixels.map { Double($0) }
    return DataTable(names: names, points: Points(values: values, dimension: 64))
  }()
}

extension DistributionCatalog.Entry {
  static let digits = table(
    name: "digits",
    summary: "1797 handwritten digits of 8 by 8 pixels, 64 dimensions, smoothed",
    source: "Alpaydin and Kaynak 1998, UCI doi:10.24432/C50P49 (CC BY 4.0)", scaling: .whole,
    images: { ImageFormat(squaresOf: $0) }, labels: { Digits.labels }
  ) { Digits.table }
}
