extension NpyHeader {
  /// The header of a float64 matrix, `[rows, columns]`, row by row, little endian.
  init(rows: Int, columns: Int) {
    self.init(type: "<f8", isColumnMajor: false, shape: [rows, columns])
  }

  /// Everything before the data, in version 1.0: what NumPy 2 writes, to the byte.
  ///
  /// The header is filled up with blanks so that the data start at a multiple of 64, after NumPy's
  /// room for the first size to grow to 21 digits.
  ///
  /// Source: NumPy manual, "numpy.lib.format", version 1.0.
  ///
  /// - Precondition: The shape has few enough sizes for 65,535 bytes.
  var bytes: [UInt8] {
    let sizes = shape.map { "\($0)" }
    let order = isColumnMajor ? "True" : "False"
    // One size has a comma of its own, as Python writes it.
    let shapeText = sizes.joined(separator: ", ") + (sizes.count == 1 ? "," : "")
    var text = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(shapeText)), }"
    if let growing = isColumnMajor ? sizes.last : sizes.first {
      text += String(repeating: " ", count: max(0, 21 - growing.utf8.count))
    }
    let lead = NpyFile.magic.count + 4
    let blanks = 63 - (lead + text.utf8.count) % 64
    text += String(repeating: " ", count: blanks) + "\n"
    let length = UInt16(text.utf8.count)
    return NpyFile.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
  }
}
