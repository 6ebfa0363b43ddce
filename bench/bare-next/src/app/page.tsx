/** The least a page can be: what its scripts weigh is what Next and React weigh. */
const BarePage = () => <p>ok</p>;

export default BarePage;
