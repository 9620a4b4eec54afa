/// What the theorems ask for.
extension Glossary {
  static let orders: [Term] = [
    Term(
      "order", "orders",
      is: "An order is a size up to constants that the theorem leaves open.",
      and: "It grows and falls with the values as the theorem says.",
      so: "Compare orders with each other, not with a number of samples that you have.",
      formula: "O(f) with the constant taken as 1", see: "the plan page, p"),
    Term(
      "d", "dimension",
      is: "d is the dimension of the data.",
      and: "It is the number of coordinates of a point, however simple the data are.",
      so: "The number of steps grows with it in the theorems.",
      formula: "x in R^d", see: "the plan page, its first row"),
    Term(
      "m2",
      is: "m2 is the root of the second moment of the data.",
      and: "It says how far out the data lie.",
      so: "It enters by its logarithm and by how long noise must be added.",
      formula: "m2^2 = E ||x_0||^2", see: "the plan page, row m2"),
    Term(
      "eps",
      is: "eps is the error of the score that is allowed, times sigma.",
      and: "It is in the sense of D_delta: outside a share delta of the points.",
      so: "Samples are then off by about eps sqrt(T + log 1/gamma) in total variation.",
      formula: "D_delta <= eps / sigma_t at every step", see: "the plan page, row eps; lesson 10"),
    Term(
      "gamma",
      is: "gamma says how near to the data sampling stops.",
      and: "The distribution at the stop is then within about gamma m2 of the data in W2.",
      so: "It enters only by its logarithm, the main point of Gupta et al. 2024.",
      formula: "W2(q_0, q_stop) <= gamma m2", see: "the plan page, row gamma"),
    Term(
      "N, steps", "N",
      is: "N is the number of steps that the sampler takes.",
      and: "It grows with d and with 1 / eps^2.",
      so: "Each step asks the score once, and all of them together may fail.",
      formula: "N ~ d log^2(1/gamma) / eps^2", see: "the plan page; lesson 16"),
    Term(
      "m", "samples m",
      is: "m is the number of samples to learn from.",
      and: "It grows with the size of the network and with 1 / eps, hardly with 1 / gamma.",
      so: "In the L2 sense no such number is enough: see the hard pair.",
      formula: "m ~ d P D / eps^3 up to logarithms, delta a constant",
      see: "the plan page; lessons 8 and 9"),
    Term(
      "depth", "parameters",
      is: "Depth and parameters are the size of the network in the theorems.",
      and: "P counts its weights, and D its layers.",
      so: "m grows with their product.",
      formula: "P D log Theta", see: "the plan page, rows parameters and depth"),
    Term(
      "theta", "Theta",
      is: "Theta bounds each weight of the networks in the theorems.",
      and: "It enters by its logarithm.",
      so: "Earlier bounds had it to the power of the depth.",
      formula: "|weight| <= Theta", see: "the plan page, row theta"),
    Term(
      "log classes", "H",
      is: "H is the number of scores to choose from, where that is finite.",
      and: "The number of samples grows with its logarithm.",
      so: "It is the simplest case of the theorem, by Bernstein's inequality.",
      formula: "m ~ log(H / failure) / (eps^2 delta)", see: "the plan page; lesson 9"),
  ]
}
