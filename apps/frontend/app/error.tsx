'use client';

import { ErrorMessage } from '@/components/ErrorMessage';

const ErrorPage = ({ retry }: { retry: () => void }) => <ErrorMessage onRetry={retry} />;

export default ErrorPage;
