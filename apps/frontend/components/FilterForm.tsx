'use client';

import { useRouter } from 'next/navigation';
import { type ComponentProps, type SubmitEvent, useEffect, useRef, useTransition } from 'react';

type Props = Omit<ComponentProps<'form'>, 'action' | 'onSubmit' | 'method'> & {
  action: string;
  /** What the address says: the fields follow it when it changes by a link, such as a chip. */
  search: string;
};

const follow = (form: HTMLFormElement, search: string): void => {
  const said = new URLSearchParams(search);
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && field.type === 'checkbox') {
      field.checked = (said.get(field.name) ?? '').split(',').includes(field.value);
    } else if (field instanceof HTMLInputElement) {
      field.value = said.get(field.name) ?? '';
    } else if (field instanceof HTMLSelectElement) {
      field.value = said.get(field.name) ?? '';
      if (field.selectedIndex < 0) field.selectedIndex = 0;
    }
  }
};

/** A form that sends an ordinary GET. With script the address has no empty fields and the page is not loaded anew. */
export const FilterForm = ({ action, search, children, ...props }: Props) => {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  // What was typed before the script had come stays.
  const followed = useRef(search);
  useEffect(() => {
    if (!form.current || followed.current === search) return;
    followed.current = search;
    follow(form.current, search);
  }, [search]);

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) {
      if (typeof value !== 'string' || value.trim() === '') continue;
      said.set(name, said.has(name) ? `${said.get(name)},${value}` : value.trim());
    }
    if (!said.has('priceMin') && !said.has('priceMax')) said.delete('currency');
    const sheet = event.currentTarget.closest<HTMLElement>('[popover]:popover-open');
    sheet?.hidePopover();
    const text = said.toString().replaceAll('%2C', ',');
    startTransition(() => router.push(text ? `${action}?${text}` : action));
  };

  return (
    <form {...props} ref={form} action={action} method="get" onSubmit={submit} aria-busy={isPending} data-live>
      {children}
    </form>
  );
};
