/// Draws indices in proportion to fixed weights, each at the price of one uniform number.
///
/// Every slot holds two indices and the share of the first; a slot is drawn evenly, then one of
/// its two.
///
/// Source: Walker 1977, ACM Transactions on Mathematical Software 3(3), 253-256; set up as in
/// Vose 1991, IEEE Transactions on Software Engineering 17(9), 972-975.
struct IndexTable: Sendable {
  private let shares: [Double]
  private let others: [Int]

  /// Sets up a table.
  ///
  /// - Parameter weights: At least one; positive; they need not sum to one.
  init(weights: [Double]) {
    precondition(!weights.isEmpty, "An index needs something to choose from.")
    let count = weights.count
    let total = weights.reduce(0, +)
    var shares = weights.map { $0 / total * Double(count) }
    var others = Array(0..<count)
    var small = shares.indices.filter { shares[$0] < 1 }
    var large = shares.indices.filter { shares[$0] >= 1 }
    while let poor = small.popLast(), let rich = large.popLast() {
      others[poor] = rich
      shares[rich] -= 1 - shares[poor]
      if shares[rich] < 1 { small.append(rich) } else { large.append(rich) }
    }
    // Who is left over, and who was taken last without a partner, fills a slot up to rounding.
    for index in others.indices where others[index] == index { shares[index] = 1 }
    self.shares = shares
    self.others = others
  }

  /// The probability of every index as the table has it.
  var probabilities: [Double] {
    var result = shares
    for (slot, other) in others.enumerated() where other != slot {
      result[other] += 1 - shares[slot]
    }
    return result.map { $0 / Double(shares.count) }
  }

  func draw(using stream: inout RandomStream) -> Int {
    let place = stream.uniform() * Double(shares.count)
    // The product may round up to the count itself.
    let slot = min(Int(place), shares.count - 1)
    return place - Double(slot) < shares[slot] ? slot : others[slot]
  }

  func draw(count: Int, using stream: inout RandomStream) -> [Int] {
    (0..<count).map { _ in draw(using: &stream) }
  }
}
