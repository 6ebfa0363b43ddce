/** What the metrics endpoints are measured against: the JSON is parsed, and that is all. */
export const POST = async (request: Request): Promise<Response> => {
  await request.json();
  return Response.json({ ok: true });
};
